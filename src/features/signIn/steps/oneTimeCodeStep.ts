import { isFailure } from '../../../core/base/failure';
import type { CodeNeeded, SignedIn, SignInAttempt } from '../../../core/calls/signInAttempt';
import { describe } from '../../../editor/messages/messages';
import type { Draft } from '../draft';
import type { FailedTries } from '../failedTries';
import { helpPages } from '../helpPages';
import { back, type Prompt, type Submitted } from '../../../editor/prompt/prompt';
import type { Step } from './steps';

const prompts: Readonly<Record<CodeNeeded['deliveredBy'], string>> = {
  authenticator: 'The code that your authenticator app shows now',
  email: 'The code that Reltio has just e-mailed to you',
  other: 'The one-time code for your Reltio account',
};

type Outcome = SignedIn | CodeNeeded | 'expired';

/** The one-time code. A wrong one is asked again; the password is needed again only when the time is over. */
export function oneTimeCodeStep(
  prompt: Prompt,
  title: () => string,
  draft: Draft,
  tries: FailedTries,
  attempt: () => SignInAttempt,
): Step {
  const step: Step = {
    applies: () => draft.codeNeeded !== undefined && draft.signedIn === undefined,
    async ask(position) {
      const { codeNeeded } = draft;
      if (codeNeeded === undefined) {
        return 'next';
      }
      const submit = async (text: string, signal: AbortSignal): Promise<Submitted<Outcome>> => {
        if (!/^[\s\d-]+$/.test(text) || !/\d/.test(text)) {
          return { kind: 'refused', sentence: 'Enter the digits of the code.' };
        }
        try {
          const value = await attempt().sendCode(codeNeeded, text.replace(/\D/g, ''), signal);
          tries.forget(draft, 'code');
          return { kind: 'accepted', value };
        } catch (error) {
          const code = isFailure(error) ? error.code : undefined;
          if (code === 'codeExpired') {
            draft.passwordProblem = describe(error);
            return { kind: 'accepted', value: 'expired' };
          }
          const warning = code === 'wrongCode' ? tries.count(draft, 'code') : '';
          return { kind: 'refused', sentence: describe(error) + warning, clear: code === 'wrongCode' };
        }
      };
      const outcome = await prompt.box<Outcome>({
        ...position,
        title: title(),
        prompt: prompts[codeNeeded.deliveredBy],
        placeholder: 'One-time code, such as 123456',
        help: helpPages.oneTimeCode,
        secret: true, // a browser-served VS Code writes readable boxes to the disk, for restoring its tabs
        submit,
      });
      if (outcome === back || outcome === 'expired') {
        delete draft.codeNeeded;
        return back;
      }
      if (outcome.kind === 'codeNeeded') {
        draft.codeNeeded = outcome;
        return { goTo: step };
      }
      draft.signedIn = outcome;
      return 'next';
    },
  };
  return step;
}
