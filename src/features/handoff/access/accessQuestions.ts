import { accountLabel, type Account } from '../../../core/model/account';
import type { Choice } from '../../../editor/prompt/confirm';
import type { Environment } from '../../../editor/settings/environments';
import { environmentAtHost } from '../../../editor/settings/environmentsOf';
import type { Receiver } from './allowance';
import type { TokenAnswer } from './tokenAnswers';

/** The buttons that decide something, in the order in which they are shown. */
export const answers = {
  'Until the Window Closes': 'window',
  Always: 'always',
  Never: 'never',
} as const satisfies Readonly<Record<string, TokenAnswer>>;

export type AnswerButton = keyof typeof answers;

interface ReceiverTexts {
  readonly name: string;
  /** What has just asked for the token of an account. */
  readonly asked: (account: string) => string;
  /** Who gets tokens if the user agrees. */
  readonly everyone: string;
}

export const receiverTexts: Readonly<Record<Receiver, ReceiverTexts>> = {
  terminals: {
    name: 'terminals',
    asked: (account) => `"reltio-token" was run in a terminal of this window, for the access token of ${account}.`,
    everyone: 'every program in these terminals, tasks and debug sessions included,',
  },
  requestFiles: {
    name: 'request files',
    asked: (account) => `A request in a .http file of this workspace needs an access token of ${account}.`,
    everyone: 'every request that you send from a .http file of this workspace',
  },
};

const patience =
  'This call waits for one minute; a later answer counts for the next one. "Reltio: Change Token Access" changes your answer.';

/** The question at the first use in a workspace. Pure. */
export function firstUseQuestion(receiver: Receiver, account: Account): Choice<AnswerButton> {
  const { name, asked, everyone } = receiverTexts[receiver];
  return {
    message: `Allow ${name} of this workspace to get Reltio tokens?`,
    detail:
      `${asked(accountLabel(account))}\n\nIf you agree, ${everyone} can get a valid token at any time, and do everything in ` +
      `Reltio that you can do. Production is asked about separately.\n\n${patience}`,
    no: 'Not Now',
    choices: ['Until the Window Closes', 'Always', 'Never'],
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
): Choice<AnswerButton> {
  const { name, asked, everyone } = receiverTexts[receiver];
  return {
    message: `Allow ${name} of this workspace to get Reltio tokens for production?`,
    detail:
      `${asked(accountLabel(account))} It gives access to ${production.map(environmentAtHost).join(', ')}.\n\nIf you agree, ` +
      `${everyone} can get one and change data there, until this window is closed or reloaded.\n\n${patience}`,
    no: 'Not Now',
    choices: isDecided ? ['Until the Window Closes'] : ['Until the Window Closes', 'Never'],
  };
}
