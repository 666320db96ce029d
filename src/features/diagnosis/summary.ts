import * as l10n from '@vscode/l10n';
import { plural } from '../../editor/messages/plural';
import { markSymbol } from '../../editor/page/mark';
import type { Finding } from './finding';

export function titleText(): string {
  return l10n.t({
    message: 'Reltio Sign-In Diagnosis',
    comment: ['The title of a tab and of its page. It must not contain a slash.'],
  });
}

/** What the diagnosis found, in a sentence or two. */
export function summaryText(problems: readonly Finding[]): string {
  const { length } = problems;
  if (length === 0) {
    return `${markSymbol('ok')} ${l10n.t('No problem was found.')}`;
  }
  const found = plural(length, {
    one: l10n.t('One problem was found.'),
    other: l10n.t('{0} problems were found. Start with the first: others may follow from it.', length),
  });
  return `${markSymbol('wrong')} ${found}`;
}

/** What to do if nothing that was checked is the cause. */
export function elsewhereText(): string {
  return l10n.t('If sign-in fails all the same, run "Reltio: Show Log": its last lines say why.');
}

/** Not in local time: the text may be shared. */
export function timeLine(time: number): string {
  return l10n.t('Checked on {0}.', `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`);
}

/** What the text contains, for those who want to share it. */
export function privacyText(): string {
  return l10n.t(
    'This text contains no password, token, user name or file path, so you may paste it into a public issue. It names ' +
      'your identity servers and proxies.',
  );
}
