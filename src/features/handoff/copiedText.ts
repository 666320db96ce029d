import * as l10n from '@vscode/l10n';
import { displayText } from '../../core/base/displayText';
import { accountLabel } from '../../core/model/account';
import type { Session } from '../../core/model/session';
import { timeLeft } from '../../core/model/tokens';
import { accountText } from '../../editor/messages/accountText';
import { sentences } from '../../editor/messages/sentences';
import { estimatedText, spanText } from '../../editor/messages/timeText';

/** The sentence that says what was copied. */
export interface CopiedForm {
  readonly ofAccount: (account: string) => string;
  /** @param mark empty, or a blank and a mark of the account's kind in brackets */
  readonly unnamed: (mark: string) => string;
}

export const copiedToken: CopiedForm = {
  ofAccount: (account) => l10n.t('Token of {0} copied.', account),
  unnamed: (mark) =>
    l10n.t({
      message: 'Token{0} copied.',
      args: [mark],
      comment: ['{0} is empty, or " (pasted)" with the blank in front'],
    }),
};

export const copiedHeader: CopiedForm = {
  ofAccount: (account) => l10n.t('Header of {0} copied.', account),
  unnamed: (mark) =>
    l10n.t({
      message: 'Header{0} copied.',
      args: [mark],
      comment: ['{0} is empty, or " (pasted)" with the blank in front'],
    }),
};

export function copiedCurl(environment: string, shell: string): CopiedForm {
  const name = displayText(environment);
  return {
    ofAccount: (account) => l10n.t('cURL for {0} ({1}) of {2} copied.', name, shell, account),
    unnamed: (mark) => l10n.t('cURL for {0} ({1}){2} copied.', name, shell, mark),
  };
}

/**
 * The message after a copy. A message without buttons shows one line of some 58 characters and hides the rest, so the
 * account comes early. Pure.
 *
 * @param what the sentences about what was copied, for this form
 * @param stay the sentence that says how long the text stays on the clipboard
 */
export function copiedText(
  { ofAccount, unnamed }: CopiedForm,
  { account, tokens }: Session,
  stay: string,
  isNamed: boolean,
  now: number,
): string {
  return sentences(
    isNamed ? ofAccount(accountLabel(account)) : unnamed(accountText(account).mark),
    l10n.t('Expires in {0}.', estimatedText(tokens, spanText(timeLeft(tokens, now)))),
    stay,
  );
}
