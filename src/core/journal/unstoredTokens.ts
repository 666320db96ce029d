import { isFailure } from '../base/failure';
import type { Clock } from '../base/clock';
import type { JournalEntry, Journal } from './journal';
import type { Log } from '../base/log';
import type { Session } from '../model/session';
import type { SessionStore } from '../storage/sessionStore';
import type { Tokens } from '../model/tokens';
import { restored } from '../model/transitions';

export interface UnstoredTokensParts {
  readonly store: SessionStore;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * A journal that cannot be read may hold the only good refresh token, so the stored one is not used. After this long it is
 * tried all the same, because what lies there may be anything (milliseconds).
 */
const unreadablePatience = 60_000;

/** Tokens that the secret storage did not take: left on the disk by one window, stored by the next. */
export class UnstoredTokens {
  /** Since when the journal of a session cannot be read, by the clock that nobody can set. */
  private readonly unreadableSince = new Map<string, number>();

  constructor(private readonly parts: UnstoredTokensParts) {}

  /**
   * After a refresh. A closing window cannot give the successor of a spent refresh token to the secret storage any more.
   */
  async save({ id }: Session): Promise<void> {
    const { store, journal, log } = this.parts;
    const unstored = store.unstoredTokens(id);
    if (unstored !== undefined) {
      await journal.put(id, unstored.spent, unstored.tokens).catch(() => {
        log.warn('refresh: journal not written', { session: id });
      });
    } else if (this.unreadableSince.delete(id)) {
      await journal.remove(id); // the stored token was tried and taken: nothing that lies there is newer
    }
  }

  /**
   * What was left for this session by another window.
   *
   * @throws {Failure} `journalUnreadable`
   */
  async find(session: Session): Promise<Tokens | undefined> {
    const entry = await this.read(session);
    return typeof entry === 'object' ? entry : undefined;
  }

  async remove({ id }: Session): Promise<void> {
    await this.parts.journal.remove(id);
  }

  /**
   * Stores what another window left for this session, if anything. To be called right after a reading of the store: what
   * was left for another refresh token than the stored one is of no use to anybody, and removed.
   *
   * @param unreadable `isWaitedFor` for a minute, then the stored token may be tried; it `isRespected` where one is given up
   * @throws {Failure} `journalUnreadable`
   */
  async restore(session: Session, unreadable: 'isWaitedFor' | 'isRespected' = 'isWaitedFor'): Promise<void> {
    const entry = await this.readOrGoOn(session, unreadable);
    if (entry === 'other') {
      await this.remove(session);
    }
    if (typeof entry !== 'object') {
      return;
    }
    const { store, log } = this.parts;
    const { refreshToken } = session.tokens;
    log.info('refresh: taken up again', { session: session.id });
    await store.updateNowOrLater(
      (stored) => stored.id === session.id,
      (stored) => restored(stored, refreshToken, entry, this.parts.clock.now()),
    );
    if (store.unstoredTokens(session.id) === undefined) {
      await this.remove(session);
    }
  }

  private async readOrGoOn(session: Session, unreadable: 'isWaitedFor' | 'isRespected'): Promise<JournalEntry> {
    const { clock, log } = this.parts;
    try {
      const entry = await this.read(session);
      this.unreadableSince.delete(session.id);
      return entry;
    } catch (error) {
      const since = this.unreadableSince.get(session.id) ?? clock.steady();
      this.unreadableSince.set(session.id, since);
      const nodeCode = isFailure(error) ? error.nodeCode : undefined;
      log.warn('refresh: journal not read', { session: session.id, ...(nodeCode === undefined ? {} : { nodeCode }) });
      if (unreadable === 'isRespected' || clock.steady() - since < unreadablePatience) {
        throw error;
      }
      return 'nothing';
    }
  }

  private async read({ id, tokens: { refreshToken } }: Session): Promise<JournalEntry> {
    // What this window could not write itself is what lies there, and stays there for the next.
    const unstored = this.parts.store.unstoredTokens(id);
    const isOurs = unstored !== undefined && unstored.spent !== refreshToken;
    return isOurs || refreshToken === undefined ? 'nothing' : await this.parts.journal.find(id, refreshToken);
  }
}
