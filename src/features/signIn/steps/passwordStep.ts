import * as l10n from '@vscode/l10n';
import { isFailure } from '../../../core/base/failure';
import { displayText, displayHostOf } from '../../../core/base/displayText';
import { sentences } from '../../../editor/messages/sentences';
import { back } from '../../../editor/prompt/prompt';
import { defaultIdentityServer } from '../../../editor/settings/defaultIdentityServer';
import type { Draft } from '../draft';
import { attemptOf, helpInUse, methodInUse } from '../signInContext';
import { clientStep } from './clientStep';
import { askSecret } from './secretBox';
import type { Step } from './steps';

interface PasswordTexts {
  readonly prompt: (user: string) => string;
  readonly placeholder: () => string;
  /** Changes the typed text before it is sent. Without it, the text is sent as typed. */
  readonly cleaned?: (text: string) => string;
}

/** A longer text is a token, which may contain line breaks from the page or terminal that it was copied from. */
const maxPasswordLength = 256;

/** The user's own Reltio password. */
export const passwordStep = passwordStepWith({
  prompt: (user) => l10n.t('{0}: Your Reltio password.', user),
  placeholder: () => l10n.t('Password'),
});

/** The password at the identity provider, or an access token of several KB, which contains no white space. */
export const providerPasswordStep = passwordStepWith({
  prompt: (user) =>
    l10n.t('{0}: Your password at that identity provider, or an access token it issued (several KB are fine).', user),
  placeholder: () => l10n.t('Password or access token'),
  cleaned: (text) => (text.length > maxPasswordLength ? text.replace(/\s/g, '') : text),
});

function passwordStepWith({ prompt, placeholder, cleaned = (text) => text }: PasswordTexts): Step {
  return {
    answers: ['answer', 'signInOnceMore'],
    applies: ({ draft }) => draft.answer?.kind !== 'signedIn',
    async ask(context, position) {
      const { draft, clients } = context;
      const { initial } = methodInUse(context);
      const { method = initial, user = '' } = draft;
      const outcome = await askSecret(context, position, {
        kind: 'password',
        prompt: sentences(draft.passwordProblem ?? prompt(displayText(user)), whereTo(draft)),
        placeholder: placeholder(),
        help: helpInUse(context),
        problemOf: (text) => (text.trim() === '' ? l10n.t('Enter your password.') : undefined),
        send: async (text, signal) => {
          const send = (until: AbortSignal) => attemptOf(context).send(method, { user, secret: cleaned(text) }, until);
          const answer = await send(signal);
          if (context.mayStartOver(answer.account)) {
            draft.signInOnceMore = () => send(new AbortController().signal);
          }
          return answer;
        },
        endsWith: 'clientRejected',
      });
      delete draft.passwordProblem;
      if (outcome === back) {
        return back;
      }
      if (isFailure(outcome)) {
        const client = clients.of(draft);
        draft.client = { ...draft.client, ...(client === undefined ? {} : { client }), isRejected: true };
        return { goTo: clientStep };
      }
      draft.answer = outcome;
      return 'next';
    },
  };
}

/** Names the server, because the user may not have chosen it: another extension can request a certain one. */
function whereTo({ identityServer = defaultIdentityServer }: Draft): string {
  return l10n.t('It is sent to {0} and is not stored.', displayHostOf(identityServer));
}
