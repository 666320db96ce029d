import * as l10n from '@vscode/l10n';
import { isFailure } from '../../../core/base/failure';
import { withPlainDigits } from '../../../core/base/pastedText';
import type { CodeNeeded } from '../../../core/calls/signInAttempt';
import { describe } from '../../../editor/messages/messages';
import { back } from '../../../editor/prompt/prompt';
import * as helpPages from '../helpPages';
import { attemptOf } from '../signInContext';
import { askSecret } from './secretBox';
import type { Step } from './steps';

const prompts: Readonly<Record<CodeNeeded['deliveredBy'], () => string>> = {
  authenticator: () => l10n.t('The code that your authenticator app shows now'),
  email: () => l10n.t('The code that Reltio has just e-mailed to you'),
  other: () => l10n.t('The one-time code for your Reltio account'),
};

/** Asks for the one-time code, again after a wrong one. The password is needed again only when the code has expired. */
export const oneTimeCodeStep: Step = {
  answers: ['answer'],
  applies: ({ draft }) => draft.answer?.kind === 'codeNeeded',
  async ask(context, position) {
    const { draft } = context;
    const needed = draft.answer;
    if (needed?.kind !== 'codeNeeded') {
      return 'next';
    }
    const outcome = await askSecret(context, position, {
      kind: 'code',
      prompt: prompts[needed.deliveredBy](),
      placeholder: l10n.t('One-time code, such as 123456'),
      help: helpPages.oneTimeCode,
      problemOf: (text) => (/^\d+$/.test(codeIn(text)) ? undefined : l10n.t('Enter the digits of the code.')),
      send: (text, signal) => attemptOf(context).sendCode(needed, codeIn(text), signal),
      endsWith: 'codeExpired',
    });
    if (outcome === back) {
      return back;
    }
    if (isFailure(outcome)) {
      draft.passwordProblem = describe(outcome);
      return back;
    }
    draft.answer = outcome;
    return outcome.kind === 'codeNeeded' ? await oneTimeCodeStep.ask(context, position) : 'next';
  },
};

/** Apps and mails group the digits with blanks or dashes. */
function codeIn(text: string): string {
  return withPlainDigits(text).replace(/[\s\p{Pd}]/gu, '');
}
