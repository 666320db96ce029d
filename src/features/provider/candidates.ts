import { isFailure } from '../../core/base/failure';
import { failureTable } from '../../core/base/failureTable';
import type { Session } from '../../core/model/session';
import type { Sessions } from '../../core/sessions/sessions';
import type { ScopeRequest } from './scopeRequest';
import { isOfAccount, type AskedAccount } from './wantedAccount';

/** Network time for all accounts of one call: VS Code queues every other call behind it (milliseconds). */
const consumerWait = 5_000;

/** The sessions that fit the request of another extension, and fresh tokens for them. */
export class Candidates {
  /** @param offerRemedy asks the user, once a token, for what only they can do for this session */
  constructor(
    private readonly sessions: Sessions,
    private readonly offerRemedy: (session: Session) => void,
  ) {}

  async fitting(
    request: ScopeRequest,
    account: AskedAccount | undefined,
    look: 'ifExpected' | 'always' = 'ifExpected',
  ): Promise<readonly Session[]> {
    const sessions = await this.sessions.usable(look);
    return sessions.filter((session) => request.fits(session) && isOfAccount(session, account));
  }

  /**
   * Of several accounts, one that cannot be refreshed is returned with its expired token: if it were left out, VS Code
   * 1.139 would give the token of another account to an extension that is used to this one.
   *
   * @throws {Error} why the only candidate has no token at the moment
   */
  async answer(candidates: readonly Session[]): Promise<readonly Session[]> {
    const all = await Promise.all(candidates.map((session) => this.refresh(session)));
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
   * A sign-in may return the previous token, which may have expired or may be rejected.
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

  private async refresh(session: Session): Promise<{ session: Session; failure?: Error }> {
    try {
      return { session: await this.sessions.fresh(session.id, consumerWait) };
    } catch (failure) {
      return { session, failure: failure as Error };
    }
  }
}

/** Whether only a new sign-in can bring a token. */
function needsSignIn(failure: Error | undefined): boolean {
  return isFailure(failure) && failureTable[failure.code].group === 'signInRequired';
}
