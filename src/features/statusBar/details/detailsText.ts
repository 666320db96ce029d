import type { Failure } from '../../../core/base/failure';
import { accountLabel } from '../../../core/model/account';
import { keepsFailing } from '../../../core/model/refreshErrors';
import { remedyOf } from '../../../core/model/remedy';
import { displayOriginOf } from '../../../core/base/displayText';
import { clientIdOf, type Session } from '../../../core/model/session';
import { isExpired, timeLeft } from '../../../core/model/tokens';
import { accountText } from '../../../editor/messages/accountText';
import { describe } from '../../../editor/messages/messages';
import { localProxyAccounts, localProxyText } from '../localProxy/localProxyText';
import { scopesText, signInExpiryText } from '../../../editor/messages/sessionText';
import { estimateText, spanText, timeText } from '../../../editor/messages/timeText';
import { whenText } from '../../../editor/messages/whenText';
import { environmentRow } from '../environmentText';
import { chooseText, relevantOutage, type StatusState } from '../state';

type InUse = Pick<StatusState, 'session' | 'question' | 'environment' | 'hasSeveralEnvironments'>;

/** The details of each session, as plain text without a secret: safe to share. Pure. */
export function detailsText(states: readonly StatusState[], inUse: InUse, now: number): string {
  const sessions = states.flatMap((state) =>
    state.session === undefined ? [] : [sessionText(state, state.session, now)],
  );
  const { problem, localProxy } = states[0] ?? {}; // they are the same in all states
  const problems = problem === undefined ? [] : [describe(problem)];
  const body = sessions.length + problems.length === 0 ? ['You are not signed in. Run "Reltio: Sign In".'] : sessions;
  return (
    [
      `Reltio sessions, ${timeText(now, now)}`,
      ...problems,
      ...inUseText(inUse),
      ...proxyText(localProxy, now),
      ...body,
    ].join('\n\n') + '\n'
  );
}

/** The account and the environment that this workspace uses, or how to choose one. */
function inUseText({ session, question, ...environments }: InUse): readonly string[] {
  if (session === undefined) {
    return question === undefined
      ? []
      : [`In use in this workspace: none. ${chooseText(question.signedOutAccount)} Run "Reltio: Switch Account".`];
  }
  const environment = environmentRow(environments);
  const toChoose = environments.environment === undefined ? '. Run "Reltio: Switch Environment".' : '';
  const account = `In use in this workspace: ${accountLabel(session.account)}`;
  return [environment === undefined ? account : `${account}\nEnvironment: ${environment}${toChoose}`];
}

function proxyText(view: StatusState['localProxy'], now: number): readonly string[] {
  return view === undefined ? [] : [[localProxyText(view, now), ...localProxyAccounts(view)].join('\n  ')];
}

function sessionText(status: StatusState, session: Session, now: number): string {
  const { refreshTokenExpiresAt, isRefreshing } = status;
  const outage = relevantOutage(status, now);
  const { account, tokens, signedInAt, id } = session;
  const left = timeLeft(tokens, now);
  const about = estimateText(tokens);
  const expiry = timeText(tokens.accessTokenExpiresAt, now);
  const rows: [string, string | undefined][] = [
    ['Identity server', displayOriginOf(account.identityServer)],
    ['Client', accountText(account).client(clientIdOf(session))],
    ['Signed in', `${timeText(signedInAt, now)}, ${status.signedInWith}`],
    ['State', stateText(session, now, status.outage?.failure)],
    ['Now', isRefreshing ? 'refreshing the token' : undefined],
    ['Problem', outage && `since ${timeText(outage.since, now)}: ${describe(outage.failure)}`],
    [
      'Token',
      left === 0
        ? `expired ${whenText(tokens.accessTokenExpiresAt, now)}`
        : `valid until ${about}${expiry}, ${about}${spanText(left)} left`,
    ],
    ['Token received', timeText(tokens.accessTokenReceivedAt, now)],
    [
      'Sign-in',
      refreshTokenExpiresAt === undefined
        ? signInExpiryText(session)
        : `expires ${whenText(refreshTokenExpiresAt, now)}`,
    ],
    ['Access to', scopesText(tokens.scopes)],
    ['Session id', id],
  ];
  const lines = rows.flatMap(([name, value]) => (value === undefined ? [] : [`  ${`${name}:`.padEnd(17)} ${value}`]));
  return [accountLabel(account), ...lines].join('\n');
}

function stateText(session: Session, now: number, lastFailure: Failure | undefined): string {
  const { state, refreshErrors } = session;
  switch (remedyOf(session, now, lastFailure)) {
    case 'signIn':
      return keepsFailing(session, now)
        ? `refreshing the token has failed since ${timeText(refreshErrors?.from ?? now, now)}; sign in again`
        : 'no longer valid; sign in again';
    case 'renew':
      return state === 'rejected'
        ? 'Reltio rejected the token before it expired; renew the sign-in'
        : 'signed in, without a refresh token; renew the sign-in before the token expires';
    case 'pasteToken':
      return isExpired(session.tokens, now)
        ? 'the pasted token is no longer valid; paste another token'
        : 'signed in with a pasted token; paste another token before it expires';
    case 'updateClientSecret':
      return state === 'clientRejected'
        ? 'Reltio rejects the client id or its secret; update the client secret'
        : 'the client secret is missing; update the client secret';
    case undefined:
      return state === 'rejected'
        ? 'signed in; Reltio rejected the last token before it expired, and it is refreshed on next use'
        : 'signed in';
  }
}
