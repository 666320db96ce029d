import * as l10n from '@vscode/l10n';
import { Failure } from '../../core/base/failure';
import { accountId, accountLabel, type Account } from '../../core/model/account';
import type { Clock } from '../../core/base/clock';
import { displayHostOf } from '../../core/base/displayText';
import type { Session } from '../../core/model/session';
import type { Sessions } from '../../core/sessions/sessions';
import type { SignedIn } from '../../core/calls/signInAttempt';
import { sentences } from '../../editor/messages/sentences';
import { timeText } from '../../editor/messages/timeText';
import { whenText } from '../../editor/messages/whenText';
import type { SignInRequest } from '../../editor/signIn';
import type { Draft } from './draft';
import { methodInUse, type SignInContext } from './signInContext';
import { oneTimeCodeStep } from './steps/oneTimeCodeStep';
import { runSteps } from './steps/steps';

export interface RenewalParts {
  readonly sessions: Sessions;
  readonly clock: Clock;
  readonly refreshTokenDays: () => number;
}

const day = 24 * 3_600_000;

/** Whether a sign-in as this account may replace the stored tokens: the caller asked for it, or Reltio rejects them. */
export function mayStartOver({ renews }: SignInRequest, account: Account, sessions: Sessions): boolean {
  return renews === true || sessionOf(account, sessions)?.state === 'rejected';
}

/**
 * A sign-in that should start over may return the old tokens: while a pair is valid, Reltio returns it again, and its 28
 * days keep running. If the user agrees, the old pair is revoked, and the password that was just accepted is sent once more.
 * This is the only time that a password is sent without a press of Enter. A client's token is replaced in the same way. The
 * question is always a modal: a command cannot see who runs it, and an extension can start Renew and accept the selected
 * item of a list.
 *
 * @returns when the old sign-in expires, if the user keeps it (milliseconds since 1970)
 */
export async function startOver(context: SignInContext, parts: RenewalParts): Promise<number | undefined> {
  const { draft } = context;
  const { answer, signInOnceMore } = draft;
  const old = answer?.kind === 'signedIn' ? oldSession(answer, parts.sessions) : undefined;
  if (signInOnceMore === undefined || old === undefined) {
    return undefined;
  }
  if (!(await agrees(old, context, parts))) {
    return expiryOf(old, parts);
  }
  await parts.sessions.revokeToRenew(old.id);
  draft.answer = await signInOnceMore();
  await runSteps(context, () => Promise.resolve([oneTimeCodeStep]));
  if (!isSignedIn(draft)) {
    throw new Failure('codeExpired'); // the user must see this: the old sign-in has already been revoked
  }
  return undefined;
}

function isSignedIn({ answer }: Draft): boolean {
  return answer?.kind === 'signedIn';
}

/** The session whose tokens the server has returned again. */
function oldSession({ account, answer }: SignedIn, sessions: Sessions): Session | undefined {
  const old = sessionOf(account, sessions);
  const isSame =
    old?.state === 'rejected'
      ? answer.accessToken === old.tokens.accessToken
      : answer.refreshToken === old?.tokens.refreshToken &&
        (answer.refreshToken !== undefined || answer.accessToken === old?.tokens.accessToken);
  return isSame ? old : undefined;
}

function sessionOf(account: Account, sessions: Sessions): Session | undefined {
  return sessions.known.find((session) => accountId(session.account) === accountId(account));
}

async function agrees(old: Session, context: SignInContext, parts: RenewalParts): Promise<boolean> {
  const { prompt } = context;
  const isClient = isOfClient(old);
  const { found, ifKept } = old.state === 'rejected' ? ofRejectedToken(old, parts) : ofOldSignIn(old, parts);
  const label = accountLabel(old.account);
  const host = displayHostOf(old.account.identityServer);
  const agreed = await prompt.choose({
    message: isClient ? l10n.t('Replace the token of {0}?', label) : l10n.t('Replace the sign-in of {0}?', label),
    detail: `${sentences(found, howReplaced(isClient, methodInUse(context).opensBrowser !== undefined, host))}\n\n${ifKept}`,
    no: l10n.t('Keep It'),
    choices: [l10n.t('Replace It')],
  });
  return agreed !== undefined;
}

function howReplaced(isClient: boolean, opensBrowser: boolean, host: string): string {
  if (isClient) {
    return l10n.t(
      'To replace it, the extension revokes it at {0} and sends your client secret there once more. Other tools that use ' +
        'this client lose the token too.',
      host,
    );
  }
  return opensBrowser
    ? l10n.t(
        'To replace it, the extension revokes it at {0} and opens your browser once more. Other tools that use this login ' +
          'are signed out too.',
        host,
      )
    : l10n.t(
        'To replace it, the extension revokes it at {0} and sends your password there once more. Other tools that use ' +
          'this login are signed out too.',
        host,
      );
}

/** Whether a client signs in itself, without a user: its sign-in is the token, and it gets the next one by itself. */
function isOfClient({ account }: Session): boolean {
  return account.user === undefined;
}

interface Finding {
  readonly found: string;
  readonly ifKept: string;
}

function ofOldSignIn(old: Session, parts: RenewalParts): Finding {
  const expires = whenText(expiryOf(old, parts), parts.clock.now());
  return isOfClient(old)
    ? {
        found: l10n.t('Reltio returned the token that you already have.'),
        ifKept: l10n.t('If you keep it, it expires {0}, and the next one is requested then.', expires),
      }
    : {
        found: l10n.t('Reltio returned the sign-in that you already have.'),
        ifKept: l10n.t('If you keep it, it expires {0}.', expires),
      };
}

/** When the sign-in expires; for a client, when its token does. */
function expiryOf(old: Session, { clock, refreshTokenDays }: RenewalParts): number {
  const { accessTokenExpiresAt, refreshTokenReceivedAt = clock.now() } = old.tokens;
  return isOfClient(old) ? accessTokenExpiresAt : refreshTokenReceivedAt + refreshTokenDays() * day;
}

function ofRejectedToken({ tokens }: Session, { clock }: RenewalParts): Finding {
  return {
    found: l10n.t('Reltio returned the token that it had revoked.'),
    ifKept: l10n.t(
      'If you keep it, you cannot get another token before {0}.',
      timeText(tokens.accessTokenExpiresAt, clock.now()),
    ),
  };
}
