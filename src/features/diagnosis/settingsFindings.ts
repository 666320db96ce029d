import * as l10n from '@vscode/l10n';
import { note, ok, wrong, type Finding } from './finding';

/**
 * The names of the settings that the user changed, and which values cannot be used.
 *
 * @param problems sentences without any of the values that were typed
 */
export function settingsFindings(inUse: readonly string[], problems: readonly string[]): readonly Finding[] {
  const about = l10n.t('Settings');
  const named =
    inUse.length === 0
      ? l10n.t('All settings have their defaults.')
      : l10n.t('In your user settings: {0}.', inUse.join(', '));
  return problems.length === 0
    ? [ok(about, named)]
    : [note(about, named), ...problems.map((problem) => wrong(about, problem))];
}
