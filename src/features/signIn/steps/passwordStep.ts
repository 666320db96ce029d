import { isFailure } from '../../../core/base/failure';
import type { Account } from '../../../core/model/account';
import { displayText, displayHostOf } from '../../../core/base/displayText';
import type { SignInMethod } from '../../../core/model/session';
import type { CodeNeeded, SignInAttempt, SignedIn } from '../../../core/calls/signInAttempt';
import { defaultIdentityServer } from '../../../editor/settings/defaultIdentityServer';
import { describe } from '../../../editor/messages/messages';
import type { Draft } from '../draft';
import type { FailedTries } from '../failedTries';
import { offeredMethod } from '../methods/methods';
import { back, type Prompt, type Submitted } from '../../../editor/prompt/prompt';
import type { Step } from './steps';

type Outcome = SignedIn | CodeNeeded | 'clientRejected';

/** What is this long is a token; copied from a page or a terminal it may hold line ends. */
const longestPassword = 256;

/**
 * The password, sent once at each press of Enter. A wrong one is said in the box, which stays.
 *
 * @param attempt the server and client to sign in with
 * @param mayBeginAnew whether the password of this account may be needed a second time
 */
export function passwordStep(
  prompt: Prompt,
  title: () => string,
  draft: Draft,
  tries: FailedTries,
  attempt: () => SignInAttempt,
  mayBeginAnew: (account: Account) => boolean,
  clientStep: Step,
): Step {
  return {
    applies: () => draft.signedIn === undefined,
    async ask(position) {
      const { method = { kind: 'password' }, user = '' } = draft;
      const offered = offeredMethod(method.kind);
      const submit = async (text: string, signal: AbortSignal): Promise<Submitted<Outcome>> => {
        if (text.trim() === '') {
          return { kind: 'refused', sentence: 'Enter your password.' };
        }
        try {
          const value = await attempt().sendPassword(method, user, cleaned(method, text), signal);
          tries.forget(draft, 'password');
          delete draft.signInOnceMore; // the person may have gone back from another account
          if (mayBeginAnew(value.account)) {
            const again = new AbortController().signal;
            draft.signInOnceMore = () => attempt().sendPassword(method, user, cleaned(method, text), again);
          }
          return { kind: 'accepted', value };
        } catch (error) {
          const code = isFailure(error) ? error.code : undefined;
          if (code === 'clientRejected') {
            return { kind: 'accepted', value: 'clientRejected' };
          }
          const warning = code === 'wrongPassword' ? tries.count(draft, 'password') : '';
          return { kind: 'refused', sentence: describe(error) + warning, clear: code === 'wrongPassword' };
        }
      };
      const outcome = await prompt.box<Outcome>({
        ...position,
        title: title(),
        prompt: (draft.passwordProblem ?? `${displayText(user)}: ${offered.secretPrompt}`) + whereTo(draft),
        placeholder: offered.secretPlaceholder,
        help: offered.help,
        secret: true,
        submit,
      });
      delete draft.passwordProblem;
      if (outcome === back) {
        return back;
      }
      if (outcome === 'clientRejected') {
        draft.isClientRejected = true;
        return { goTo: clientStep };
      }
      if (outcome.kind === 'codeNeeded') {
        draft.codeNeeded = outcome;
      } else {
        draft.signedIn = outcome;
      }
      return 'next';
    },
  };
}

/** The box that asked for the server may have been left out: another extension can ask for a certain one. */
function whereTo({ identityServer = defaultIdentityServer }: Draft): string {
  return ` It goes to ${displayHostOf(identityServer)} and is not stored.`;
}

/** A password is sent as typed. An identity provider's access token has no blanks of its own. */
function cleaned(method: SignInMethod, text: string): string {
  return method.kind === 'identityProvider' && text.length > longestPassword ? text.replace(/\s/g, '') : text;
}
