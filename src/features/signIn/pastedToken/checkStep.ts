import * as l10n from '@vscode/l10n';
import { displayHostOf, displayText } from '../../../core/base/displayText';
import { back } from '../../../editor/prompt/prompt';
import { isWantedUser } from '../isWantedUser';
import type { SignInContext } from '../signInContext';
import type { Step } from '../steps/steps';
import type { CheckedToken } from './checkedToken';
import { checkPasted } from './checkPasted';
import { pasteStep } from './pasteStep';

/** Finds out what can be found out about the token. Asks the user only before a host gets it for the first time. */
export const checkStep: Step = {
  isModal: true, // it has no number, and Back does not lead to it
  answers: ['checked'],
  applies: () => true,
  async ask(context, position) {
    const { draft } = context;
    const checked = await checkPasted(context, position, draft.pasted ?? '');
    if (checked === back) {
      return back;
    }
    if ('refusedBy' in checked) {
      const host = displayHostOf(checked.refusedBy);
      draft.pastedProblem = l10n.t(
        '{0} does not accept this token: it has expired, or comes from another server. Paste another one.',
        host,
      );
      return { goTo: pasteStep };
    }
    const problem = problemOf(checked, context);
    if (problem !== undefined) {
      draft.pastedProblem = problem;
      return { goTo: pasteStep };
    }
    draft.checked = checked;
    return 'next';
  },
};

/** Why an accepted token is of no use. */
function problemOf({ info }: CheckedToken, { request, clock }: SignInContext): string | undefined {
  if (info?.expiresAt !== undefined && info.expiresAt <= clock.now()) {
    return l10n.t('This token has expired. Paste a newer one.');
  }
  const user = info?.user;
  return user === undefined || isWantedUser(user, request.user)
    ? undefined
    : l10n.t('This is a token of {0}. Paste one of {1}.', displayText(user), displayText(request.user ?? ''));
}
