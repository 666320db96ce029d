import * as l10n from '@vscode/l10n';
import { back } from '../../../editor/prompt/prompt';
import { helpInUse } from '../signInContext';
import type { Step } from '../steps/steps';
import { expiryIn } from './expiryText';
import { questionAbout } from './questionAbout';

/** Asks when the token expires, if no server has said so. */
export const expiryStep: Step = {
  answers: ['expiresAt'],
  applies: ({ draft }) => draft.checked !== undefined && draft.checked.info?.expiresAt === undefined,
  async ask(context, position) {
    const { prompt, title, draft, clock } = context;
    const expiresAt = await prompt.box<number>({
      ...position,
      title: title(draft.identityServer),
      prompt: questionAbout(
        draft,
        l10n.t("When does it expire? Reltio's tokens are valid for 60 minutes when they are new."),
      ),
      placeholder: l10n.t('Minutes left, such as 45, or a time, such as 15:30'),
      help: helpInUse(context),
      submit: (text) => Promise.resolve(expiryIn(text, clock.now())),
    });
    if (expiresAt === back) {
      return back;
    }
    draft.expiresAt = expiresAt;
    return 'next';
  },
};
