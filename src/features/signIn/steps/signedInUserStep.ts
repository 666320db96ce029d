import * as l10n from '@vscode/l10n';
import { displayHostOf, displayText } from '../../../core/base/displayText';
import { userNameIn } from '../../../core/base/pastedText';
import { back } from '../../../editor/prompt/prompt';
import { helpInUse } from '../signInContext';
import { isWantedUser } from '../isWantedUser';
import type { Step } from './steps';

/** Asks who has just signed in, if the identity server does not say. */
export const signedInUserStep: Step = {
  answers: ['user'],
  dependsOn: ['identityServer'],
  applies: ({ draft: { answer } }) => answer?.kind === 'signedIn' && answer.account.user === undefined,
  async ask(context, position) {
    const { prompt, title, draft, last, request } = context;
    const { answer } = draft;
    if (answer === undefined) {
      return 'next';
    }
    const host = displayHostOf(answer.account.identityServer);
    const user = await prompt.box<string>({
      ...position,
      title: title(draft.identityServer),
      prompt: l10n.t(
        'You are signed in, but {0} does not say as whom. Enter the user name that you used in the browser.',
        host,
      ),
      placeholder: l10n.t('User name, such as name@company.com'),
      help: helpInUse(context),
      value: request.user ?? draft.user ?? last.user(draft.identityServer) ?? '',
      submit: (text) => Promise.resolve(submitted(userNameIn(text), request.user)),
    });
    if (user === back) {
      return back;
    }
    draft.user = user;
    draft.answer = { ...answer, account: { ...answer.account, user } };
    return 'next';
  },
};

function submitted(user: string, wanted: string | undefined) {
  if (user === '') {
    return { kind: 'refused', sentence: l10n.t('Enter the user name. It is usually your e-mail address.') } as const;
  }
  return isWantedUser(user, wanted)
    ? ({ kind: 'accepted', value: user } as const)
    : ({
        kind: 'refused',
        sentence: l10n.t(
          'This sign-in is for {0}. If you used another user in the browser, go back.',
          displayText(wanted ?? ''),
        ),
      } as const);
}
