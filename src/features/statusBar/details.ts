import type { Failure } from '../../core/base/failure';
import { accountLabel } from '../../core/model/account';
import { keepsFailing } from '../../core/model/refreshErrors';
import { remedyOf } from '../../core/model/remedy';
import { displayText, displayOriginOf } from '../../core/base/displayText';
import type { Session } from '../../core/model/session';
import { timeLeft } from '../../core/model/tokens';
import { describe } from '../../editor/messages/messages';
import { scopesText } from '../../editor/messages/sessionText';
import { estimateText, spanText, timeText } from '../../editor/messages/timeText';
import { chooseText, relevantOutage, type StatusState } from './state';

/** What is known of each session as plain text, without a secret: safe to share. Pure. */
export function detailsText(
  states: readonly StatusState[],
  { session: inUse, question }: Pick<StatusState, 'session' | 'question'>,
  now: number,
): string {
  const sessions = states.flatMap((state) =>
    state.session === undefined ? [] : [sessionText(state, state.session, now)],
  );
  const problem = states[0]?.problem; // of the store, so the same in all
  const told = problem === undefined ? [] : [problem];
  const body = sessions.length + told.length === 0 ? ['Nobody is signed in. Run "Reltio: Sign In".'] : sessions;
  const marked =
    inUse !== undefined
      ? [`In use in this workspace: ${accountLabel(inUse.account)}`]
      : question !== undefined
        ? [`In use in this workspace: none. ${chooseText(question.gone)} Run "Reltio: Choose Account".`]
        : [];
  return [`Reltio sessions, ${timeText(now, now)}`, ...told, ...marked, ...body].join('\n\n') + '\n';
}

function sessionText(status: StatusState, session: Session, now: number): string {
  const { refreshTokenExpiresAt: refreshTokenExpiresAt, isRefreshing: isRenewing } = status;
  const weather = relevantOutage(status, now);
  const { account, tokens, signedInAt, id } = session;
  const left = timeLeft(tokens, now);
  const about = estimateText(tokens);
  const end = timeText(tokens.accessTokenExpiresAt, now);
  const rows: [string, string | undefined][] = [
    ['Identity server', displayOriginOf(account.identityServer)],
    ['Client', displayText(account.clientId)],
    ['Signed in', `${timeText(signedInAt, now)}, ${status.signedInWith}`],
    ['State', stateText(session, now, weather?.failure)],
    ['Now', isRenewing ? 'renewing' : undefined],
    ['Trouble', weather && `since ${timeText(weather.since, now)}: ${describe(weather.failure)}`],
    ['Token', left === 0 ? `ended at ${end}` : `until ${about}${end}, ${about}${spanText(left)} left`],
    ['Token received', timeText(tokens.accessTokenReceivedAt, now)],
    ['Sign-in ends', refreshTokenExpiresAt === undefined ? 'with the token' : timeText(refreshTokenExpiresAt, now)],
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
        ? `the token could not be refreshed since ${timeText(refreshErrors?.from ?? now, now)}; sign in again`
        : 'ended; sign in again';
    case 'renew':
      return state === 'rejected'
        ? 'Reltio has ended the token before its time; renew the sign-in'
        : 'signed in, without a refresh token; renew the sign-in before the token expires';
    case 'updateClientSecret':
      return state === 'clientRejected'
        ? 'the client id or its secret is rejected; update the client secret'
        : 'the client secret is missing; update the client secret';
    case undefined:
      return state === 'rejected'
        ? 'signed in; Reltio ended the last token early, and it will be refreshed on next use'
        : 'signed in';
  }
}
