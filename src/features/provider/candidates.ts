import { isFailure } from '../../core/base/failure';
import { failureTable } from '../../core/base/failureTable';
import type { Session } from '../../core/model/session';
import type { Sessions } from '../../core/sessions/sessions';
import type { ScopeRequest } from './scopeRequest';
import { isOfAccount, type RequestedAccount } from './wantedAccount';

/** How long one call may use the network, for all accounts together: VS Code queues other calls (milliseconds). */
const consumerWait = 5_000;

/** Prepares a session before its token is returned. Gets the milliseconds that this may take, and returns what is left of them. */
export type Prepare = (session: Session, wait: number) => Promise<number>;

/** Finds the sessions that match the request of another extension, and refreshes their tokens. */
export class Candidates {
  /** @param offerRemedy offers the user, once per token, the remedy that a session needs */
  constructor(
    private readonly sessions: Sessions,
    private readonly offerRemedy: (session: Session) => void,
  ) {}

  async fitting(
    request: ScopeRequest,
    account: RequestedAccount | undefined,
    look: 'ifExpected' | 'always' = 'ifExpected',
  ): Promise<readonly Session[]> {
    const sessions = await this.sessions.usable(look);
    return sessions.filter((session) => request.fits(session) && isOfAccount(session, account));
  }

  /**
   * If there are several accounts, one that cannot be refreshed is returned with its expired token. If it were left out,
   * VS Code 1.139 would give an extension that uses this account the token of another one.
   *
   * @param prepare called for each of them first
   * @throws {Error} why the only candidate has no token at the moment
   */
  async answer(candidates: readonly Session[], prepare?: Prepare): Promise<readonly Session[]> {
    const all = await Promise.all(candidates.map((session) => this.refresh(session, prepare)));
    const results = all.filter(({ failure }) => !isFailure(failure) || failure.code !== 'signedOut');
    const anyUsable = results.some(({ failure }) => !needsSignIn(failure));
    const [first, ...others] = results;
    if (first === undefined || !anyUsable) {
      return [];
    }
    if (others.length === 0 && first.failure !== undefined) {
      throw first.failure;
    }
    results
      .filter(({ failure }) => needsSignIn(failure))
      .forEach(({ session }) => {
        const current = this.sessions.known.find(({ id }) => id === session.id); // the refresh may have changed it
        this.offerRemedy(current ?? session); // VS Code shows no prompt for it while another account answers
      });
    return results.map(({ session }) => session);
  }

  /** The first candidate with a fresh token. */
  async firstFresh(candidates: readonly Session[]): Promise<Session | undefined> {
    for (const candidate of candidates) {
      const { session, failure } = await this.refresh(candidate);
      if (failure === undefined) {
        return session;
      }
    }
    return undefined;
  }

  /**
   * Refreshes after a sign-in, which may have returned the previous token, expired or rejected.
   *
   * @throws {Error} why it has no fresh token
   */
  async fresh(signedIn: Session): Promise<Session> {
    const { session, failure } = await this.refresh(signedIn);
    if (failure !== undefined) {
      throw failure;
    }
    return session;
  }

  private async refresh(session: Session, prepare?: Prepare): Promise<{ session: Session; failure?: Error }> {
    try {
      const wait = (await prepare?.(session, consumerWait)) ?? consumerWait;
      return { session: await this.sessions.fresh(session.id, wait) };
    } catch (failure) {
      return { session, failure: failure as Error };
    }
  }
}

/** Whether only a new sign-in can return a token. */
function needsSignIn(failure: Error | undefined): boolean {
  return isFailure(failure) && failureTable[failure.code].group === 'signInRequired';
}
