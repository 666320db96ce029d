import type { Failure } from '../../core/base/failure';
import { failureTable } from '../../core/base/failureTable';
import { hostOf } from '../../core/model/account';
import { howItRefreshes } from '../../core/model/refreshMeans';
import { keepsFailing } from '../../core/model/refreshErrors';
import { remedyOf } from '../../core/model/remedy';
import type { Session } from '../../core/model/session';
import { timeLeft } from '../../core/model/tokens';
import { describe } from '../../editor/messages/messages';
import { remedySteps } from '../../editor/messages/nextStep';
import { spanText } from '../../editor/messages/timeText';
import { ok, wrong, type Finding } from './finding';

/** Accounts are numbered, not named: the report is made for public issues. */
export function sessionFindings(
  sessions: readonly Session[],
  now: number,
  lastFailureOf: (session: Session) => Failure | undefined,
): readonly Finding[] {
  if (sessions.length === 0) {
    return [ok('Accounts', 'No account is signed in.')];
  }
  return sessions.map((session, index) => {
    const about = `Account ${index + 1}`;
    const host = hostOf(session.account);
    const left = timeLeft(session.tokens, now);
    const token = left > 0 ? `the token expires in ${spanText(left)}` : 'the token has expired';
    const good = (what: string): Finding => ok(about, `Signed in at ${host}; ${token}${what}.`);
    const failure = lastFailureOf(session);
    switch (remedyOf(session, now, failure)) {
      case undefined:
        if (left === 0 && failure !== undefined && failureTable[failure.code].blocks === 'client') {
          return wrong(about, describe(failure)); // the checks of the server use no client
        }
        return good(
          howItRefreshes(session).kind === 'clientAgain'
            ? `, and the client asks for another one ${left > 0 ? 'after that' : 'on next use'}`
            : ' and is refreshed when needed',
        );
      case 'pasteToken':
        return left > 0
          ? good('; it was pasted and is never refreshed')
          : wrong(about, `The pasted token for ${host} is no longer valid.`, remedySteps.pasteToken);
      case 'updateClientSecret':
        return wrong(
          about,
          session.state === 'clientRejected'
            ? `${host} rejects the client of this account.`
            : 'The client secret of this account is missing.',
          remedySteps.updateClientSecret,
        );
      case 'renew':
        return session.state === 'rejected'
          ? wrong(about, `${host} rejected the token of this account before it expired.`, remedySteps.renew)
          : good(', and there is no refresh token');
      case 'signIn':
        return keepsFailing(session, now)
          ? wrong(about, `${host} has answered every refresh with an error for over an hour.`, remedySteps.signIn)
          : wrong(about, `The sign-in at ${host} is no longer valid; ${token}.`, remedySteps.signIn);
    }
  });
}
