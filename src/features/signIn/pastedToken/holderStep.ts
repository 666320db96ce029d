import * as l10n from '@vscode/l10n';
import { userNameIn } from '../../../core/base/pastedText';
import { back } from '../../../editor/prompt/prompt';
import { helpInUse } from '../signInContext';
import type { Step } from '../steps/steps';
import { questionAbout } from './questionAbout';

/** Asks whose token it is, if no server has said so. */
export const holderStep: Step = {
  answers: ['user'],
  dependsOn: ['identityServer'],
  applies: ({ request, draft }) =>
    request.user === undefined && draft.checked !== undefined && draft.checked.info?.user === undefined,
  async ask(context, position) {
    const { prompt, title, draft, last } = context;
    const user = await prompt.box<string>({
      ...position,
      title: title(draft.identityServer),
      prompt: questionAbout(draft, l10n.t('Whose token is it? The user name tells your accounts apart.')),
      placeholder: l10n.t('User name, such as name@company.com'),
      help: helpInUse(context),
      value: draft.user ?? last.user(draft.identityServer) ?? '',
      submit: (text) =>
        Promise.resolve(
          userNameIn(text) === ''
            ? { kind: 'refused', sentence: l10n.t('Enter the name of the user that the token was issued to.') }
            : { kind: 'accepted', value: userNameIn(text) },
        ),
    });
    if (user === back) {
      return back;
    }
    draft.user = user;
    return 'next';
  },
};
