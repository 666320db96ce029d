import { within, type Clock } from '../base/clock';
import { Failure } from '../base/failure';
import type { Recorder } from '../history/recorder';
import type { Session } from '../model/session';
import { revoked } from '../model/transitions';
import type { SessionStore } from '../storage/sessionStore';
import type { OngoingRefresh } from './ongoingRefresh';
import type { Refresher } from './refresher';
import { keyringWait } from './sessionList';
import { storedSession } from './storedSession';

export interface SignOutOutcome {
  readonly session: Session;
  /** A failure means that the tokens may stay valid until they expire. */
  readonly atReltio: 'notAsked' | 'revoked' | Failure;
}

export interface SignOutParts {
  readonly store: SessionStore;
  readonly refresher: Refresher;
  readonly revoker: { revoke(session: Session): Promise<'revoked' | Failure> };
  readonly recorder: Pick<Recorder, 'happened'>;
  readonly clock: Clock;
}

/** Signs out here, at the identity server, or both. */
export class SignOut {
  constructor(private readonly parts: SignOutParts) {}

  async run(id: string, where: 'here' | 'atReltioToo'): Promise<SignOutOutcome | undefined> {
    const ongoing = this.parts.refresher.ongoing(id);
    const removing = this.remove(id);
    // Also runs if the keyring is so slow that the user gets an error: the session will still be removed.
    const revoking = where === 'here' ? undefined : removing.then((removed) => this.revokeRemoved(removed, ongoing));
    revoking?.catch(() => undefined);
    const session = await within(this.parts.clock, keyringWait, removing, () => {
      throw new Failure('sessionsUnreadable');
    });
    return session === undefined ? undefined : { session, atReltio: (await revoking) ?? 'notAsked' };
  }

  /** Revokes the tokens and keeps the session, so that the next sign-in of this account returns new tokens. */
  async revokeOnly(id: string): Promise<void> {
    const { store, refresher, revoker, recorder, clock } = this.parts;
    await refresher.ongoing(id)?.session.catch(() => undefined); // it may bring the token that is to be revoked
    const session = storedSession(store, id);
    const outcome = await revoker.revoke(await this.withJournal(session));
    if (outcome !== 'revoked') {
      throw outcome;
    }
    await refresher.unstored.remove(session);
    const now = clock.now();
    recorder.happened('revokedHere', session);
    await store.updateNowOrLater(
      (stored) => stored.id === id,
      (stored) => revoked(stored, now),
    );
  }

  private async remove(id: string): Promise<Session | undefined> {
    const { store, refresher } = this.parts;
    let removed: Session | undefined;
    await store.change((sessions) => {
      removed = sessions.find((session) => session.id === id);
      return removed === undefined ? sessions : sessions.filter((session) => session.id !== id);
    });
    if (removed === undefined) {
      return undefined;
    }
    const latest = await this.withJournal(removed).catch(() => removed); // an unreadable journal entry is removed anyway
    await refresher.unstored.remove(removed);
    return latest;
  }

  /** With the tokens that a closing window could not store, if any: they replaced the stored ones. */
  private async withJournal(session: Session): Promise<Session> {
    return { ...session, tokens: (await this.parts.refresher.unstored.find(session)) ?? session.tokens };
  }

  private async revokeRemoved(
    removed: Session | undefined,
    ongoing: OngoingRefresh | undefined,
  ): Promise<SignOutOutcome['atReltio']> {
    await ongoing?.session.catch(() => undefined); // it may bring the token that is to be revoked
    return removed === undefined ? 'notAsked' : await this.parts.revoker.revoke(ongoing?.orphaned ?? removed);
  }
}
