import { Failure } from '../core/base/failure';
import { accountId, isSameAccount, parseAccountId, type Account } from '../core/model/account';
import { Emitter } from '../core/base/emitter';
import type { Unsubscribe } from '../core/base/emitter';
import type { Log } from '../core/base/log';
import type { Session } from '../core/model/session';
import type { Sessions } from '../core/sessions/sessions';
import type { Memory } from './memory';

export const accountInUseKey = 'accountInUse';
/** The id of the only account that this workspace has known, or `several`. */
const knownHereKey = 'accountsKnown';
const several = 'several';

/** Accounts are signed in, and the user has to choose one. */
export interface AccountQuestion {
  /** The one that was chosen here and is no longer signed in, if that is why. */
  readonly signedOutAccount: Account | undefined;
}

/**
 * The account that this workspace uses: the one chosen here, or the only one if none was ever chosen. Never a
 * substitute: the token of another account may open production.
 */
export class AccountInUse {
  readonly onDidChange: (listener: () => void) => Unsubscribe;
  private readonly changed: Emitter<void>;
  private ask: (question: AccountQuestion) => Promise<Session> = () => Promise.reject(new Failure('cancelled'));

  constructor(
    private readonly sessions: Sessions,
    /** Of the workspace. */
    private readonly memory: Memory,
    private readonly log: Log,
  ) {
    this.changed = new Emitter(() => {
      log.warn('account in use: a listener failed');
    });
    this.onDidChange = this.changed.on;
  }

  /** @param ask lets the user pick an account, and rejects when they leave */
  askWith(ask: (question: AccountQuestion) => Promise<Session>): void {
    this.ask = ask;
  }

  /** The session of that account, without asking the user. */
  get session(): Session | undefined {
    const { chosen, wasChosen } = this;
    const { known } = this.sessions;
    if (!wasChosen) {
      return known.length === 1 ? known[0] : undefined;
    }
    return known.find(({ account }) => chosen !== undefined && isSameAccount(account, chosen));
  }

  /** Undefined if an account is in use, or none is signed in. */
  get question(): AccountQuestion | undefined {
    return this.session !== undefined || this.sessions.known.length === 0
      ? undefined
      : { signedOutAccount: this.chosen };
  }

  /** Whether messages must name the account: this workspace has known more than one. */
  get isNamed(): boolean {
    return this.knownHere === several;
  }

  /** Remembers the accounts that are known now. Call this when they may have changed. */
  rememberAccounts(): void {
    const { knownHere } = this;
    if (knownHere !== this.memory.get(knownHereKey)) {
      void this.remember(knownHereKey, knownHere);
    }
  }

  async choose(account: Account): Promise<void> {
    await this.remember(accountInUseKey, account);
    this.changed.emit();
  }

  /**
   * Lets the user choose another account.
   *
   * @throws {Failure} `signedOut` if no account is signed in, `cancelled` when the user leaves the list, and as
   *   `Sessions.usable` does
   */
  async change(): Promise<Session> {
    if ((await this.sessions.usable()).length === 0) {
      throw new Failure('signedOut');
    }
    const session = await this.ask(this.question ?? { signedOutAccount: undefined });
    await this.choose(session.account);
    return session;
  }

  /**
   * The session for a command: the one it names, the one in use, or the one that the user picks. A message may name a
   * session that no longer exists; another account's token is no substitute.
   *
   * @throws {Failure} `signedOut` if there is none, `cancelled` when the user leaves the list, and as `Sessions.usable`
   *   does
   */
  async sessionFor(sessionId: string | undefined): Promise<Session> {
    const all = await this.sessions.usable();
    const { session: inUse, question } = this;
    if (sessionId === undefined && question !== undefined) {
      return await this.change();
    }
    const session = sessionId === undefined ? inUse : all.find(({ id }) => id === sessionId);
    if (session === undefined) {
      throw new Failure('signedOut');
    }
    if (session.id === inUse?.id && !this.wasChosen) {
      await this.remember(accountInUseKey, session.account); // an account that signs in elsewhere later does not replace it
    }
    return session;
  }

  private get chosen(): Account | undefined {
    const stored = this.memory.get(accountInUseKey);
    if (typeof stored === 'string') {
      return parseAccountId(stored); // versions before the first release wrote it so
    }
    return isAccount(stored) ? stored : undefined;
  }

  /** Even if the stored account cannot be read. */
  private get wasChosen(): boolean {
    return this.memory.get(accountInUseKey) !== undefined;
  }

  private get knownHere(): unknown {
    const before = this.memory.get(knownHereKey);
    const ids = new Set(this.sessions.known.map(({ account }) => accountId(account)));
    if (typeof before === 'string') {
      ids.add(before);
    }
    const [only, ...others] = ids;
    return others.length === 0 ? only : several;
  }

  private async remember(key: string, value: unknown): Promise<void> {
    try {
      await this.memory.update(key, value);
    } catch {
      this.log.warn('account in use: not remembered'); // for example in a closing window
    }
  }
}

/** The value may be anything: another version of this extension may have written it. */
function isAccount(value: unknown): value is Account {
  const { identityServer, clientId, user } = (value ?? {}) as Readonly<Record<string, unknown>>;
  return (
    typeof identityServer === 'string' &&
    URL.canParse(identityServer) &&
    typeof clientId === 'string' &&
    (user === undefined || typeof user === 'string')
  );
}
