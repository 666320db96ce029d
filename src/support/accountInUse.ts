import { Failure } from '../oauth/failure';
import { accountId, type Account } from '../sessions/account';
import { Emitter } from '../sessions/emitter';
import type { Log, Unsubscribe } from '../sessions/ports';
import type { Session } from '../sessions/session';
import type { Sessions } from '../sessions/sessions';
import type { Memory } from './memory';

export const accountInUseKey = 'accountInUse';

/** Which of the signed-in accounts this workspace works with: the one chosen here, else the last signed in. */
export class AccountInUse {
  readonly onDidChange: (listener: () => void) => Unsubscribe;
  private readonly changed: Emitter<void>;

  constructor(
    private readonly sessions: Sessions,
    /** Of the workspace. */
    private readonly memory: Memory,
    log: Log,
  ) {
    this.changed = new Emitter(() => {
      log.warn('account in use: a listener failed');
    });
    this.onDidChange = this.changed.on;
  }

  /** What is known without asking anything. */
  get session(): Session | undefined {
    const chosen = this.memory.get(accountInUseKey);
    return this.sessions.known.find(({ account }) => accountId(account) === chosen) ?? this.sessions.known[0];
  }

  async choose(account: Account): Promise<void> {
    await this.memory.update(accountInUseKey, accountId(account));
    this.changed.emit();
  }

  /**
   * The session that a command is about: the one it names, or the one in use. A message may name one that has gone
   * since; another account's token is no substitute.
   *
   * @throws {Failure} `signedOut` where there is none
   */
  async sessionFor(sessionId: string | undefined): Promise<Session> {
    const all = await this.sessions.list();
    const session = sessionId === undefined ? this.session : all.find(({ id }) => id === sessionId);
    if (session === undefined) {
      throw new Failure('signedOut');
    }
    return session;
  }
}
