import * as l10n from '@vscode/l10n';
import { displayHostOf, displayText } from '../../../core/base/displayText';
import { sentences } from '../../../editor/messages/sentences';
import { back } from '../../../editor/prompt/prompt';
import { helpInUse } from '../signInContext';
import type { Step } from '../steps/steps';
import { tokenIn } from './tokenText';

/** Asks for the token itself. */
export const pasteStep: Step = {
  answers: ['pasted'],
  applies: ({ draft }) => draft.pasted === undefined,
  async ask(context, position) {
    const { prompt, title, draft, request } = context;
    const { identityServer = '', pastedProblem } = draft;
    const host = displayHostOf(identityServer);
    const asked =
      request.user === undefined
        ? l10n.t('Paste an access token from {0}.', host)
        : l10n.t('Paste an access token of {0} from {1}.', displayText(request.user), host);
    const token = await prompt.box<string>({
      ...position,
      title: title(draft.identityServer),
      prompt: sentences(
        pastedProblem ?? asked,
        l10n.t("It is checked, stored in VS Code's secret storage, and never refreshed."),
      ),
      placeholder: l10n.t('Access token'),
      help: helpInUse(context),
      secret: true,
      submit: (text) => Promise.resolve(tokenIn(text)),
    });
    delete draft.pastedProblem;
    if (token === back) {
      return back;
    }
    draft.pasted = token;
    return 'next';
  },
};
