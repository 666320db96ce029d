import * as l10n from '@vscode/l10n';
import type { Failure } from '../../../core/base/failure';
import { displayOriginOf } from '../../../core/base/displayText';
import { keepsFailing } from '../../../core/model/refreshErrors';
import { remedyOf } from '../../../core/model/remedy';
import { clientIdOf, type Session } from '../../../core/model/session';
import { isExpired, timeLeft } from '../../../core/model/tokens';
import { accountText } from '../../../editor/messages/accountText';
import { describe } from '../../../editor/messages/messages';
import { scopesText, signInExpiryText } from '../../../editor/messages/sessionText';
import { spanText, timeText } from '../../../editor/messages/timeText';
import { whenText } from '../../../editor/messages/whenText';
import type { Mark } from '../../../editor/page/mark';
import { relevantOutage, type StatusState } from '../state';

/** A name and what is known. */
export type Row = readonly [name: string, value: string];

/**
 * What is known of a session.
 *
 * @param why why it gives no token, if it gives none
 */
export function sessionRows(
  status: StatusState,
  session: Session,
  now: number,
  why: string | undefined,
): readonly Row[] {
  const { refreshTokenExpiresAt, isRefreshing } = status;
  const outage = relevantOutage(status, now);
  const { account, tokens, signedInAt, id } = session;
  const rows: readonly (readonly [string, string | undefined])[] = [
    [l10n.t('Identity server'), displayOriginOf(account.identityServer)],
    [l10n.t('Client'), accountText(account).client(clientIdOf(session))],
    [l10n.t('Signed in'), `${timeText(signedInAt, now)}, ${status.signedInWith}`],
    [l10n.t('State'), stateText(session, now, status.outage?.failure)],
    [l10n.t({ message: 'Reason', comment: ['Why a session is no longer valid'] }), why],
    [l10n.t('Now'), isRefreshing ? l10n.t('refreshing the token') : undefined],
    [l10n.t('Problem'), outage && l10n.t('since {0}: {1}', timeText(outage.since, now), describe(outage.failure))],
    [l10n.t('Token'), tokenText(session, now)],
    [l10n.t('Token received'), timeText(tokens.accessTokenReceivedAt, now)],
    [
      l10n.t('Sign-in'),
      refreshTokenExpiresAt === undefined
        ? signInExpiryText(session)
        : l10n.t({
            message: 'expires {0}',
            args: [whenText(refreshTokenExpiresAt, now)],
            comment: ['{0} is "at 15:32" or "on 21 Dec, 15:32"'],
          }),
    ],
    [l10n.t('Access to'), scopesText(tokens.scopes)],
    [l10n.t('Session id'), id],
  ];
  return rows.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
}

/** Whether the user has to do something about a session. */
export function sessionMark(status: StatusState, session: Session, now: number): Mark {
  const remedy = remedyOf(session, now, status.outage?.failure);
  if (remedy === undefined) {
    return relevantOutage(status, now) === undefined ? 'ok' : 'note';
  }
  const isValid = !isExpired(session.tokens, now) && session.state !== 'rejected';
  return isValid && (remedy === 'renew' || remedy === 'pasteToken') ? 'note' : 'wrong';
}

function tokenText({ tokens }: Session, now: number): string {
  const { accessTokenExpiresAt: expiry, expiryIsEstimate } = tokens;
  const left = timeLeft(tokens, now);
  if (left === 0) {
    return l10n.t({
      message: 'expired {0}',
      args: [whenText(expiry, now)],
      comment: ['{0} is "at 15:32" or "on 21 Dec, 15:32"'],
    });
  }
  return expiryIsEstimate
    ? l10n.t('valid until about {0}, about {1} left', timeText(expiry, now), spanText(left))
    : l10n.t('valid until {0}, {1} left', timeText(expiry, now), spanText(left));
}

function stateText(session: Session, now: number, lastFailure: Failure | undefined): string {
  const { state, refreshErrors } = session;
  switch (remedyOf(session, now, lastFailure)) {
    case 'signIn':
      return keepsFailing(session, now)
        ? l10n.t('refreshing the token has failed since {0}; sign in again', timeText(refreshErrors?.from ?? now, now))
        : l10n.t('no longer valid; sign in again');
    case 'renew':
      return state === 'rejected'
        ? l10n.t('Reltio rejected the token before it expired; renew the sign-in')
        : l10n.t('signed in, without a refresh token; renew the sign-in before the token expires');
    case 'pasteToken':
      return isExpired(session.tokens, now)
        ? l10n.t('the pasted token is no longer valid; paste another token')
        : l10n.t('signed in with a pasted token; paste another token before it expires');
    case 'updateClientSecret':
      return state === 'clientRejected'
        ? l10n.t('Reltio rejects the client id or its secret; update the client secret')
        : l10n.t('the client secret is missing; update the client secret');
    case undefined:
      return state === 'rejected'
        ? l10n.t('signed in; Reltio rejected the last token before it expired, and it is refreshed on next use')
        : l10n.t('signed in');
  }
}
