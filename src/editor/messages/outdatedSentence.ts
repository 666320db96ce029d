import * as l10n from '@vscode/l10n';

/** What `windowOutdated` means. */
export function outdatedSentence(): string {
  return l10n.t(
    'Reltio Authentication was updated or removed while this window was open. Reload the window, then try again.',
  );
}
