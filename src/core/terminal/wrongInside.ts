import * as l10n from '@vscode/l10n';

/** What a call gets that failed without a declared failure. */
export function wrongInside(): string {
  return l10n.t('Something went wrong in VS Code. Its log may say more.');
}
