import { Failure } from '../../core/base/failure';
import { accountId, accountLabel, type Account } from '../../core/model/account';
import type { Clock } from '../../core/base/clock';
import { displayHostOf } from '../../core/base/displayText';
import type { Session } from '../../core/model/session';
import type { Sessions } from '../../core/sessions/sessions';
import type { SignedIn } from '../../core/calls/signInAttempt';
import { timeText } from '../../editor/messages/timeText';
import type { Draft } from './draft';
import type { Prompt } from '../../editor/prompt/prompt';
import { runSteps, type Step } from './steps/steps';
import { whenText } from '../../editor/messages/whenText';

export interface RenewalParts {
  readonly sessions: Sessions;
  readonly clock: Clock;
  readonly refreshTokenDays: () => number;
  readonly prompt: Pick<Prompt, 'choose'>;
  /** Asks for the one-time code, where the second sign-in needs one too. */
  readonly codeStep: Step;
}

const day = 24 * 3_600_000;

/** Whether a sign-in as this account is to begin a new life: it was asked for, or the token at hand is refused. */
export function mayStartOver({ renews }: Draft, account: Account, sessions: Sessions): boolean {
  return renews === true || sessionOf(account, sessions)?.state === 'rejected';
}

/**
 * A sign-in that was meant to begin a new life may bring the old one: while a pair lives, Reltio hands it out again,
 * and its 28 days go on. Then it is revoked, if the person agrees, and the password that was just accepted is sent once
 * more. That is the one time that a password is sent without Enter being pressed for it. The question is always a modal:
 * VS Code does not tell a command who runs it, and an extension can start Renew and accept what a list selects.
 *
 * @returns when the old sign-in ends that the person would rather keep, milliseconds since 1970
 */
export async function startOver(draft: Draft, parts: RenewalParts): Promise<number | undefined> {
  const { signedIn, signInOnceMore } = draft;
  const old = signedIn === undefined ? undefined : oldSession(signedIn, parts.sessions);
  if (signInOnceMore === undefined || old === undefined) {
    return undefined;
  }
  if (!(await agrees(old, parts))) {
    return endOf(old, parts);
  }
  await parts.sessions.revokeToRenew(old.id);
  delete draft.signedIn;
  const outcome = await signInOnceMore();
  if (outcome.kind === 'signedIn') {
    draft.signedIn = outcome;
    return undefined;
  }
  draft.codeNeeded = outcome;
  await runSteps([parts.codeStep]);
  if (!isSignedIn(draft)) {
    throw new Failure('codeExpired'); // said aloud: the old sign-in is gone by now
  }
  return undefined;
}

function isSignedIn({ signedIn }: Draft): boolean {
  return signedIn !== undefined;
}

/** The session whose very tokens came back. */
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

async function agrees(old: Session, parts: RenewalParts): Promise<boolean> {
  const { found, ifKept } = old.state === 'rejected' ? ofRefusedToken(old, parts) : ofOldSignIn(old, parts);
  const label = accountLabel(old.account);
  const host = displayHostOf(old.account.identityServer);
  const agreed = await parts.prompt.choose({
    message: `Replace the sign-in of ${label}?`,
    detail:
      `${found} To get another, it must be revoked at ${host}, and your password is sent there once more. Other tools ` +
      `that use this login are signed out with it.\n\n${ifKept}`,
    no: 'Keep It',
    choices: ['Replace It'],
  });
  return agreed !== undefined;
}

interface Finding {
  readonly found: string;
  readonly ifKept: string;
}

function ofOldSignIn(old: Session, parts: RenewalParts): Finding {
  return {
    found: 'Reltio returned the sign-in that you have.',
    ifKept: `If you keep it, it ends ${whenText(endOf(old, parts), parts.clock.now())}.`,
  };
}

function endOf({ tokens }: Session, { clock, refreshTokenDays }: RenewalParts): number {
  return (tokens.refreshTokenReceivedAt ?? clock.now()) + refreshTokenDays() * day;
}

function ofRefusedToken({ tokens }: Session, { clock }: RenewalParts): Finding {
  return {
    found: 'Reltio returned the token that it had revoked.',
    ifKept: `If you keep it, you get no other token before ${timeText(tokens.accessTokenExpiresAt, clock.now())}.`,
  };
}
