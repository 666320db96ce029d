import { isFailure, isWindowOutdated } from '../base/failure';
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
 * A journal entry that cannot be read may hold the only valid refresh token, so the stored one is not sent. After this
 * long it is sent anyway, because the file may not be an entry at all (milliseconds).
 */
const unreadableTimeout = 60_000;

/**
 * Tokens that could not be written to the secret storage: one window writes them to the journal, the next one stores
 * them.
 */
export class UnstoredTokens {
  /** When the journal entry of a session first could not be read, by the steady clock. */
  private readonly unreadableSince = new Map<string, number>();

  constructor(private readonly parts: UnstoredTokensParts) {}

  /** Call this after a refresh: a closing window can no longer write to the secret storage. */
  async save({ id }: Session): Promise<void> {
    const { store, journal, log } = this.parts;
    const unstored = store.unstoredTokens(id);
    if (unstored !== undefined) {
      await journal.put(id, unstored.spent, unstored.tokens).catch(() => {
        log.warn('refresh: journal not written', { session: id });
      });
    } else if (this.unreadableSince.delete(id)) {
      await journal.remove(id); // the stored token was accepted, so the entry holds nothing newer
    }
  }

  /**
   * The tokens that another window wrote to the journal for this session.
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
   * Stores the tokens that another window wrote to the journal for this session, if any. Call this right after reading
   * the store: an entry for a refresh token other than the stored one is useless, and is removed.
   *
   * @param unreadable `waitAMinute`: throws for a minute, then lets the stored token be sent; `fail`: throws
   * @throws {Failure} `journalUnreadable`
   */
  async restore(session: Session, unreadable: 'waitAMinute' | 'fail' = 'waitAMinute'): Promise<void> {
    const entry = await this.readOrContinue(session, unreadable);
    if (entry === 'other') {
      await this.remove(session);
    }
    if (typeof entry !== 'object') {
      return;
    }
    const { store, log } = this.parts;
    const { refreshToken } = session.tokens;
    log.info('refresh: restored from the journal', { session: session.id });
    await store.updateNowOrLater(
      (stored) => stored.id === session.id,
      (stored) => restored(stored, refreshToken, entry, this.parts.clock.now()),
    );
    if (store.unstoredTokens(session.id) === undefined) {
      await this.remove(session);
    }
  }

  private async readOrContinue(session: Session, unreadable: 'waitAMinute' | 'fail'): Promise<JournalEntry> {
    const { clock, log } = this.parts;
    try {
      const entry = await this.read(session);
      this.unreadableSince.delete(session.id);
      return entry;
    } catch (error) {
      if (isWindowOutdated(error)) {
        throw error; // waiting does not help, and the entry may hold the only valid refresh token
      }
      const since = this.unreadableSince.get(session.id) ?? clock.steady();
      this.unreadableSince.set(session.id, since);
      const nodeCode = isFailure(error) ? error.nodeCode : undefined;
      log.warn('refresh: journal not read', { session: session.id, ...(nodeCode === undefined ? {} : { nodeCode }) });
      if (unreadable === 'fail' || clock.steady() - since < unreadableTimeout) {
        throw error;
      }
      return 'nothing';
    }
  }

  private async read({ id, tokens: { refreshToken } }: Session): Promise<JournalEntry> {
    // An entry with this window's own unstored tokens is left for the next window.
    const unstored = this.parts.store.unstoredTokens(id);
    const isOurs = unstored !== undefined && unstored.spent !== refreshToken;
    return isOurs || refreshToken === undefined ? 'nothing' : await this.parts.journal.find(id, refreshToken);
  }
}
