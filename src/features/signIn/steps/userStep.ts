import * as l10n from '@vscode/l10n';
import { displayText } from '../../../core/base/displayText';
import { userNameIn } from '../../../core/base/pastedText';
import { back } from '../../../editor/prompt/prompt';
import { helpInUse } from '../signInContext';
import { clientStep } from './clientStep';
import type { Step } from './steps';

const otherClient = Symbol('other client');

/** Asks for the user name. The box contains the last one. */
export const userStep: Step = {
  answers: ['user'],
  dependsOn: ['identityServer'],
  applies: ({ request }) => request.user === undefined,
  async ask(context, position) {
    const { prompt, title, draft, clients, last } = context;
    const user = await prompt.box<string | typeof otherClient>({
      ...position,
      title: title(draft.identityServer),
      prompt: l10n.t('User name'),
      placeholder: l10n.t('User name, such as name@company.com'),
      help: helpInUse(context),
      value: draft.user ?? last.user(draft.identityServer) ?? '',
      links: [
        {
          icon: 'key',
          tooltip: l10n.t('Use a client other than {0}', displayText(clients.of(draft)?.id ?? '')),
          value: otherClient,
        },
      ],
      submit: (text) =>
        Promise.resolve(
          userNameIn(text) === ''
            ? { kind: 'refused', sentence: l10n.t('Enter your user name. It is usually your e-mail address.') }
            : { kind: 'accepted', value: userNameIn(text) },
        ),
    });
    if (user === back) {
      return back;
    }
    if (user === otherClient) {
      draft.client = { isOther: true };
      return { goTo: clientStep };
    }
    draft.user = user;
    return 'next';
  },
};
