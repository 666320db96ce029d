import type { Clock } from './clock';
import { afterRefresh } from './failedRefresh';
import type { ParkedTokens } from './parkedTokens';
import type { Log } from './ports';
import type { Session } from './session';
import type { SessionStore } from './sessionStore';
import type { Tokens } from './tokens';

export interface UnwrittenTokensParts {
  readonly store: SessionStore;
  readonly parked: ParkedTokens;
  readonly clock: Clock;
  readonly log: Log;
}

/** Tokens that the secret storage did not take: left on the disk by one window, taken up by the next. */
export class UnwrittenTokens {
  constructor(private readonly parts: UnwrittenTokensParts) {}

  /** A closing window cannot give the successor of a spent refresh token to the secret storage any more. */
  async leave({ id }: Session): Promise<void> {
    const { store, parked, log } = this.parts;
    const stored = store.findStored(id)?.tokens.refreshToken;
    const now = store.find(id)?.tokens;
    if (store.problem === 'notWritten' && stored !== undefined && now !== undefined && now.refreshToken !== stored) {
      await parked.put(id, stored, now).catch(() => {
        log.warn('refresh: not parked', { session: id });
      });
    }
  }

  /** What was left for this session by another window. */
  async find({ id, tokens: { refreshToken } }: Session): Promise<Tokens | undefined> {
    // What this window could not write itself is what lies there, and stays there for the next.
    const isOurs = this.parts.store.problem === 'notWritten';
    return isOurs || refreshToken === undefined ? undefined : await this.parts.parked.find(id, refreshToken);
  }

  async remove({ id }: Session): Promise<void> {
    await this.parts.parked.remove(id);
  }

  /** Stores what another window left for this session, if anything. */
  async takeUp(session: Session): Promise<void> {
    const { refreshToken } = session.tokens;
    const tokens = await this.find(session);
    if (tokens === undefined) {
      return;
    }
    const { store, log } = this.parts;
    log.info('refresh: taken up again', { session: session.id });
    await store.keep((sessions) =>
      sessions.map((stored) =>
        stored.id === session.id && stored.tokens.refreshToken === refreshToken
          ? afterRefresh(stored, 'signedIn', tokens, this.parts.clock.now())
          : stored,
      ),
    );
    if (store.problem !== 'notWritten') {
      await this.remove(session);
    }
  }
}
