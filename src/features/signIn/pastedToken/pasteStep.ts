import { displayHostOf, displayText } from '../../../core/base/displayText';
import { back } from '../../../editor/prompt/prompt';
import { methodInUse } from '../signInContext';
import type { Step } from '../steps/steps';
import { tokenIn } from './tokenText';

/** Asks for the token itself. */
export const pasteStep: Step = {
  answers: ['pasted'],
  applies: ({ draft }) => draft.pasted === undefined,
  async ask(context, position) {
    const { prompt, title, draft, request } = context;
    const { identityServer = '', pastedProblem } = draft;
    const whose = request.user === undefined ? '' : ` of ${displayText(request.user)}`;
    const asked = pastedProblem ?? `Paste an access token${whose} from ${displayHostOf(identityServer)}.`;
    const token = await prompt.box<string>({
      ...position,
      title: title(draft.identityServer),
      prompt: `${asked} It is checked, stored in VS Code's secret storage, and never refreshed.`,
      placeholder: 'Access token',
      help: methodInUse(context).help,
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
