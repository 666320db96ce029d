import * as l10n from '@vscode/l10n';
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
import { whyText, type Past } from '../../editor/messages/whyText';
import { at, note, ok, wrong, type Finding } from './finding';

/** Accounts are numbered, not named: the report is made for public issues. */
export function sessionFindings(
  sessions: readonly Session[],
  now: number,
  lastFailureOf: (session: Session) => Failure | undefined,
  past?: Past,
): readonly Finding[] {
  if (sessions.length === 0) {
    return [note(l10n.t('Accounts'), l10n.t('No account is signed in.'), remedySteps.signIn)];
  }
  return sessions.flatMap((session, index) =>
    at(hostOf(session.account), [
      explained(
        sessionFinding(l10n.t('Account {0}', index + 1), session, now, lastFailureOf(session)),
        past && whyText(session, now, past),
      ),
    ]),
  );
}

function explained(finding: Finding, why: string | undefined): Finding {
  return why === undefined ? finding : { ...finding, says: `${finding.says} ${why}` };
}

function sessionFinding(about: string, session: Session, now: number, failure: Failure | undefined): Finding {
  const host = hostOf(session.account);
  const left = timeLeft(session.tokens, now);
  const good = (...more: readonly string[]): Finding =>
    ok(about, [l10n.t('Signed in.'), tokenText(left), ...more].join(' '));
  switch (remedyOf(session, now, failure)) {
    case undefined:
      if (left === 0 && failure !== undefined && failureTable[failure.code].blocks === 'client') {
        return wrong(about, describe(failure)); // the checks of the server use no client
      }
      if (howItRefreshes(session).kind !== 'clientAgain') {
        return good(l10n.t('It is refreshed when needed.'));
      }
      return good(
        left > 0
          ? l10n.t('The client asks for another one after that.')
          : l10n.t('The client asks for another one on next use.'),
      );
    case 'pasteToken':
      return left > 0
        ? good(l10n.t('It was pasted and is never refreshed.'))
        : wrong(about, l10n.t('The pasted token is no longer valid.'), remedySteps.pasteToken);
    case 'updateClientSecret':
      return wrong(
        about,
        session.state === 'clientRejected'
          ? l10n.t('{0} rejects the client of this account.', host)
          : l10n.t('The client secret of this account is missing.'),
        remedySteps.updateClientSecret,
      );
    case 'renew':
      return session.state === 'rejected'
        ? wrong(about, l10n.t('{0} rejected the token of this account before it expired.', host), remedySteps.renew)
        : good(l10n.t('There is no refresh token.'));
    case 'signIn':
      return keepsFailing(session, now)
        ? wrong(
            about,
            l10n.t('{0} has answered every refresh with an error for over an hour.', host),
            remedySteps.signIn,
          )
        : wrong(about, `${l10n.t('The sign-in is no longer valid.')} ${tokenText(left)}`, remedySteps.signIn);
  }
}

function tokenText(left: number): string {
  return left > 0 ? l10n.t('The token expires in {0}.', spanText(left)) : l10n.t('The token has expired.');
}
