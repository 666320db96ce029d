import type { Clock } from '../base/clock';
import type { Failure } from '../base/failure';
import { accountLabel } from '../model/account';
import type { Changes } from '../model/changes';
import { isForgottenSince } from '../model/forgotten';
import type { Session } from '../model/session';
import type { StoreListeners } from '../storage/storeListeners';
import type { Happening } from './entry';
import type { History } from './history';
import type { Notes } from './notes';

/** Code that most windows never run. */
export interface LateNotes {
  notes(): Promise<Pick<typeof import('./notes'), 'Notes'>>;
}

/** Uses within this time count as one: the last of them may have shown that the token is not valid (milliseconds). */
const oneUse = 60_000;

/** Records what happens to the sessions in this window. Never throws, and nobody waits for it. */
export class Recorder {
  readonly listeners: StoreListeners = {
    onOwnChange: (changes) => {
      this.changed(changes);
    },
    onWriteLost: (revision) => {
      if (revision !== this.lost) {
        this.lost = revision;
        this.happened('writeLost');
      }
    },
  };
  /** When a token of each session was returned to a caller in this window: last, and before that use began. */
  private readonly uses = new Map<string, { readonly began: number; readonly before: number }>();
  /** The revision that was last recorded as lost. */
  private lost: number | undefined;
  private notes: Promise<Notes> | undefined;
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly history: History,
    private readonly clock: Clock,
    private readonly late: LateNotes,
    /** When everything was last forgotten, in any window. */
    private readonly forgottenAt?: () => number | undefined,
  ) {}

  /** Is on the way of every token, so it does as little as possible. */
  used(id: string): void {
    const now = this.clock.now();
    const last = this.uses.get(id);
    if (last === undefined || now - last.began > oneUse || now < last.began) {
      this.uses.set(id, { began: now, before: last?.began ?? 0 });
    }
  }

  private changed(changes: Changes): void {
    const now = this.clock.now();
    const usedAt = new Map(
      [...this.uses].map(([id, { began, before }]) => [id, now - began > oneUse ? began : before]),
    );
    this.write((notes) => notes.ofChanges(changes, now, usedAt));
  }

  /** A refresh failed, and the session stays as it is. */
  failed(session: Session, failure: Failure): void {
    const now = this.clock.now();
    this.writeAbout(session, (notes) => notes.ofFailure(session, failure, now));
  }

  /** A window that was refreshing this session never finished. */
  windowDied(session: Session): void {
    const now = this.clock.now();
    this.writeAbout(session, (notes) => notes.ofDeadWindow(session, now));
  }

  happened(what: Happening, session?: Session): void {
    const at = this.clock.now();
    const whose = session === undefined ? {} : { session: session.id, account: accountLabel(session.account) };
    this.write(() => [{ at, what, ...whose }]);
  }

  /** Resolves when everything that has happened so far is written. */
  async settled(): Promise<void> {
    await this.last;
    await this.history.settled();
  }

  /** A refresh may end long after the user had its account forgotten. */
  private writeAbout(session: Session, entriesOf: (notes: Notes) => ReturnType<Notes['ofFailure']>): void {
    if (!isForgottenSince(session.signedInAt, this.forgottenAt?.(), this.clock.now())) {
      this.write(entriesOf);
    }
  }

  private write(entriesOf: (notes: Notes) => ReturnType<Notes['ofChanges']>): void {
    this.notes ??= this.late.notes().then(({ Notes }) => new Notes());
    const written = this.notes.then(
      (notes) => {
        entriesOf(notes).forEach((entry) => {
          this.history.record(entry);
        });
      },
      () => {
        this.notes = undefined; // an update removed this version's files
      },
    );
    this.last = written.catch(() => undefined); // nothing may depend on the history, above all not Forget Everything
  }
}
