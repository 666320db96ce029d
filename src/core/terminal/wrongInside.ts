import * as l10n from '@vscode/l10n';

/** What a call gets that failed without a declared failure. */
export function wrongInside(): string {
  return l10n.t('VS Code reported an error. Its log may say more.');
}
