import type { Core } from '../../core/core';
import { Failure, isFailure } from '../../core/base/failure';
import type { ProxiedEnvironment } from '../../core/localProxy/proxiedEnvironment';
import type { TokenSource } from '../../core/localProxy/tokenSource';
import { accountId, hostOf, isSameAccount } from '../../core/model/account';
import type { Session } from '../../core/model/session';
import { isShortLivedAndNew } from '../../core/model/tokens';
import { environmentsOf } from '../../editor/settings/environmentsOf';

type Fitting = Pick<ProxiedEnvironment, 'identityServer' | 'clientId'>;

/**
 * The session whose token an environment gets: that of the only account that fits, or of the one in use. Never a substitute:
 * the token of another account may open what this one does not.
 *
 * @param accountInUse the id of the account that the user last chose for the local proxy
 */
export function sessionFor(
  environment: Fitting,
  sessions: readonly Session[],
  accountInUse: string | undefined,
): Session | Failure {
  const fitting = sessions.filter(({ account }) => environmentsOf(account, [environment]).length > 0);
  const [first, ...others] = fitting;
  if (first === undefined) {
    return new Failure('noAccountFits', { host: hostOf(environment) });
  }
  return others.length === 0
    ? first
    : (fitting.find(({ account }) => accountId(account) === accountInUse) ??
        new Failure('severalAccounts', { host: hostOf(environment) }));
}

/** The tokens of the signed-in accounts, for the local proxy. */
export function accountTokens(
  { sessions, reportRejected, clock }: Pick<Core, 'sessions' | 'reportRejected' | 'clock'>,
  accountInUse: () => string | undefined,
): TokenSource {
  return {
    fresh: async (environment) => {
      const found = sessionFor(environment, await sessions.list(), accountInUse());
      if (isFailure(found)) {
        throw found.code === 'noAccountFits' ? (sessions.problem ?? found) : found;
      }
      const isGood = found.state === 'signedIn' && isShortLivedAndNew(found.tokens, clock.now());
      return isGood ? found : await sessions.fresh(found.id);
    },
    reportRejected: async ({ account, tokens: { accessToken } }) => {
      const rejection = await reportRejected(accessToken);
      switch (rejection.kind) {
        case 'refreshed':
          return true;
        case 'unknown': // it was replaced while the request was on its way
          return sessions.known.some(
            (session) => isSameAccount(session.account, account) && session.tokens.accessToken !== accessToken,
          );
        case 'valid':
        case 'signInAgain':
        case 'notNow':
          return false;
      }
    },
  };
}
