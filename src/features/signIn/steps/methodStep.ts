import { back } from '../../../editor/prompt/prompt';
import * as helpPages from '../helpPages';
import type { Step } from './steps';

/** Asks for the sign-in method. */
export const methodStep: Step = {
  answers: ['method'],
  dependsOn: [],
  applies: ({ request }) => request.method === undefined,
  async ask({ prompt, title, draft, methods }, position) {
    const chosen = await prompt.pick({
      ...position,
      title: title(draft.identityServer),
      placeholder: 'How do you sign in?',
      help: helpPages.methods,
      items: methods.map((method) => ({ label: method.label, detail: method.detail, value: method.initial })),
    });
    if (chosen === back) {
      return back;
    }
    if (chosen.kind !== draft.method?.kind) {
      draft.method = chosen; // choosing the same one again keeps its answers
    }
    return 'next';
  },
};
