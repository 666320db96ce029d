import { within, type Clock } from '../base/clock';
import { Failure } from '../base/failure';
import type { Session } from '../model/session';
import type { SessionStore } from '../storage/sessionStore';

/** How long the secret storage may take: a keyring may be asking the user for its password (milliseconds). */
export const keyringWait = 5_000;
/**
 * The same if the user has just started a sign-in or sign-out, and can answer the keyring's question (milliseconds).
 */
const keyringWaitOfUser = 30_000;

/** The stored sessions. Sends no requests. */
export class SessionList {
  constructor(
    private readonly store: SessionStore,
    private readonly clock: Clock,
  ) {}

  /** The sessions that this window knows without waiting, the last signed in first. */
  get known(): readonly Session[] {
    return this.store.sessions.toSorted((one, other) => other.signedInAt - one.signedInAt);
  }

  /** Why the stored sessions cannot be read or written, if so. */
  get problem(): Failure | undefined {
    const code = this.store.problem;
    return code === undefined ? undefined : new Failure(code);
  }

  /** All sessions. Reads the secret storage once. */
  async all(): Promise<readonly Session[]> {
    await this.store.load();
    return this.known;
  }

  /**
   * As `all`, but if the keyring is slow, only what is known by then. Waits only once, because VS Code asks several
   * times in a row.
   */
  async soon(): Promise<readonly Session[]> {
    return await within(this.clock, this.store.isAwaited ? keyringWait : 0, this.all(), () => {
      this.store.stopWaiting();
      return this.known;
    });
  }

  /** See `Sessions.usable`. */
  async usable(look: 'ifExpected' | 'always'): Promise<readonly Session[]> {
    const [reading, wait] =
      look === 'ifExpected'
        ? [this.all(), keyringWait]
        : [this.store.loadFromStorage().then(() => this.known), keyringWaitOfUser];
    const sessions = await within(this.clock, wait, reading, () => {
      this.store.stopWaiting();
      throw new Failure('sessionsUnreadable');
    });
    if (this.problem?.code === 'storeNewer') {
      throw this.problem;
    }
    return sessions;
  }
}
