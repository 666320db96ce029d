import * as l10n from '@vscode/l10n';
import { accountLabel, type Account } from '../../../core/model/account';
import { paragraphs, sentences } from '../../../editor/messages/sentences';
import type { Choice } from '../../../editor/prompt/confirm';
import type { Environment } from '../../../editor/settings/environments';
import { environmentAtHost } from '../../../editor/settings/environmentsOf';
import type { Receiver } from './allowance';
import { receiverTexts } from './receiverTexts';
import type { TokenAnswer } from './tokenAnswers';

/** A button that decides something. */
export interface AnswerButton {
  readonly title: string;
  readonly answer: TokenAnswer;
}

/** In the order in which they are shown. */
export function answerButtons(): readonly [window: AnswerButton, always: AnswerButton, never: AnswerButton] {
  return [
    { title: l10n.t('Until the Window Closes'), answer: 'window' },
    { title: l10n.t('Always'), answer: 'always' },
    { title: l10n.t('Never'), answer: 'never' },
  ];
}

/** What a button decides. */
export function answerOf(title: string): TokenAnswer | undefined {
  return answerButtons().find((button) => button.title === title)?.answer;
}

/** The question at the first use in a workspace. Pure. */
export function firstUseQuestion(receiver: Receiver, account: Account): Choice<string> {
  const { allow, asked, ifAllowed } = receiverTexts[receiver];
  return {
    message: allow(),
    detail: paragraphs(asked(accountLabel(account)), ifAllowed(), patience()),
    no: l10n.t('Not Now'),
    choices: answerButtons().map(({ title }) => title),
  };
}

/**
 * The question before a token that may be meant for production. Pure.
 *
 * @param isDecided whether the user has allowed tokens that are not meant for production
 */
export function productionQuestion(
  receiver: Receiver,
  account: Account,
  production: readonly Environment[],
  isDecided: boolean,
): Choice<string> {
  const { allowProduction, asked, ifProductionAllowed } = receiverTexts[receiver];
  const access = l10n.t('It gives access to {0}.', production.map(environmentAtHost).join(', '));
  const [window, , never] = answerButtons();
  return {
    message: allowProduction(),
    detail: paragraphs(sentences(asked(accountLabel(account)), access), ifProductionAllowed(), patience()),
    no: l10n.t('Not Now'),
    choices: isDecided ? [window.title] : [window.title, never.title],
  };
}

function patience(): string {
  return l10n.t(
    'This call waits for one minute; a later answer counts for the next one. "Reltio: Change Token Access" changes your ' +
      'answer.',
  );
}
