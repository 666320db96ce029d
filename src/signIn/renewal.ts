import { Failure } from '../oauth/failure';
import { accountId } from '../sessions/account';
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
  const old = sessions.known.find((session) => accountId(session.account) === accountId(account));
  const isSame =
    old?.state === 'rejected'
      ? answer.accessToken === old.tokens.accessToken
      : answer.refreshToken !== undefined && answer.refreshToken === old?.tokens.refreshToken;
  return isSame ? old : undefined;
}

async function agrees({ tokens }: Session, { clock, prompt, refreshTokenDays }: RenewalParts): Promise<boolean> {
  const receivedAt = tokens.refreshTokenReceivedAt ?? clock.now();
  const ends = timeText(receivedAt + refreshTokenDays() * day, clock.now());
  const choice = await prompt.pick({
    title: 'Renew the Reltio sign-in',
    step: 1,
    totalSteps: 1,
    canGoBack: false,
    placeholder: `Reltio returned the sign-in that you had, which ends ${ends}. A new one needs its end.`,
    items: [
      {
        label: 'Revoke it and sign in anew',
        detail: 'Other tools that use this Reltio login will be signed out.',
        value: true,
      },
      { label: 'Keep it as it is', detail: `It ends by itself ${ends}.`, value: false },
    ],
  });
  return choice === true;
}
