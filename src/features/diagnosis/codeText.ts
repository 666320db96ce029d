import * as l10n from '@vscode/l10n';

/** The code of an error of Node, such as `ENOTFOUND`. */
export function codeText(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : l10n.t('unknown reason');
}
