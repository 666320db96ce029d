import { Failure } from '../oauth/failure';
import { accountId, type Account } from '../sessions/account';
import type { Clock } from '../sessions/clock';
import type { Session } from '../sessions/session';
import type { Sessions } from '../sessions/sessions';
import type { SignedIn } from '../sessions/signInAttempt';
import { timeText } from '../support/timeText';
import type { Draft } from './draft';
import type { Prompt } from './prompt';
import { runSteps, type Step } from './steps';

export interface RenewalParts {
  readonly sessions: Sessions;
  readonly clock: Clock;
  readonly refreshTokenDays: () => number;
  readonly prompt: Prompt;
  /** Asks for the one-time code, where the second sign-in needs one too. */
  readonly codeStep: Step;
}

const day = 24 * 3_600_000;

/** Whether a sign-in as this account is to begin a new life: it was asked for, or the token at hand is refused. */
export function mayBeginAnew({ renews }: Draft, account: Account, sessions: Sessions): boolean {
  return renews === true || sessionOf(account, sessions)?.state === 'rejected';
}

/**
 * A sign-in that was meant to begin a new life may bring the old one: while a pair lives, Reltio hands it out again,
 * and its 28 days go on. Then it is revoked, if the person agrees, and the password that was just accepted is sent once
 * more. That is the one time that a password is sent without Enter being pressed for it.
 */
export async function beginAnew(draft: Draft, parts: RenewalParts): Promise<void> {
  const { signedIn, signInOnceMore } = draft;
  const old = signedIn === undefined ? undefined : oldSession(signedIn, parts.sessions);
  if (signInOnceMore === undefined || old === undefined || !(await agrees(old, parts))) {
    return;
  }
  await parts.sessions.revokeToRenew(old.id);
  delete draft.signedIn;
  const outcome = await signInOnceMore();
  if (outcome.kind === 'signedIn') {
    draft.signedIn = outcome;
    return;
  }
  draft.codeNeeded = outcome;
  await runSteps([parts.codeStep]);
  if (!isSignedIn(draft)) {
    throw new Failure('codeExpired'); // said aloud: the old sign-in is gone by now
  }
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
      : answer.refreshToken !== undefined && answer.refreshToken === old?.tokens.refreshToken;
  return isSame ? old : undefined;
}

function sessionOf(account: Account, sessions: Sessions): Session | undefined {
  return sessions.known.find((session) => accountId(session.account) === accountId(account));
}

async function agrees(old: Session, parts: RenewalParts): Promise<boolean> {
  const { found, ifKept } = old.state === 'rejected' ? ofRefusedToken(old, parts) : ofOldSignIn(old, parts);
  const choice = await parts.prompt.pick({
    title: 'Renew the Reltio sign-in',
    step: 1,
    totalSteps: 1,
    canGoBack: false,
    placeholder: `${found} A new one needs its end.`,
    items: [
      {
        label: 'Revoke it and sign in anew',
        detail: 'Other tools that use this Reltio login will be signed out.',
        value: true,
      },
      { label: 'Keep it as it is', detail: ifKept, value: false },
    ],
  });
  return choice === true;
}

interface Finding {
  readonly found: string;
  readonly ifKept: string;
}

function ofOldSignIn({ tokens }: Session, { clock, refreshTokenDays }: RenewalParts): Finding {
  const receivedAt = tokens.refreshTokenReceivedAt ?? clock.now();
  const ends = timeText(receivedAt + refreshTokenDays() * day, clock.now());
  return {
    found: `Reltio returned the sign-in that you had, which ends ${ends}.`,
    ifKept: `It ends by itself ${ends}.`,
  };
}

function ofRefusedToken({ tokens }: Session, { clock }: RenewalParts): Finding {
  return {
    found: 'Reltio returned the token that it ended before its time.',
    ifKept: `You get no other token before ${timeText(tokens.accessTokenEndsAt, clock.now())}.`,
  };
}
