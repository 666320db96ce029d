import * as l10n from '@vscode/l10n';
import { back } from '../../../editor/prompt/prompt';
import * as helpPages from '../helpPages';
import { offersIn } from '../signInContext';
import type { Step } from './steps';

/** Asks for the sign-in method. The last used comes first. One that cannot be used here stays in the list, with the reason. */
export const methodStep: Step = {
  answers: ['method'],
  dependsOn: [],
  applies: ({ request }) => request.method === undefined,
  async ask(context, position) {
    const { prompt, title, draft, last } = context;
    const lastUsed = last.method(draft.identityServer);
    const chosen = await prompt.pick({
      ...position,
      title: title(draft.identityServer),
      placeholder: l10n.t('How do you sign in?'),
      wasChosen: ({ kind }) => kind === draft.method?.kind,
      help: helpPages.methods,
      items: offersIn(context).map(({ method: { kind, label, detail, initial }, unavailable }) => ({
        label: label(),
        detail: detail(),
        ...(unavailable !== undefined
          ? { unavailable }
          : kind === lastUsed
            ? { description: l10n.t('last used') }
            : {}),
        value: initial,
      })),
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
