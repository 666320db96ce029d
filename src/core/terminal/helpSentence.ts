import * as l10n from '@vscode/l10n';

/** Follows what is wrong with the arguments. */
export function helpSentence(): string {
  return l10n.t('reltio-token --help lists the options.');
}
