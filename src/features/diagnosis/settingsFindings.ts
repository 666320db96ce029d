import { note, ok, wrong, type Finding } from './finding';

/**
 * The names of the settings that the user changed, and which values cannot be used.
 *
 * @param problems sentences without any of the values that were typed
 */
export function settingsFindings(inUse: readonly string[], problems: readonly string[]): readonly Finding[] {
  const named =
    inUse.length === 0 ? 'All settings have their defaults.' : `In your user settings: ${inUse.join(', ')}.`;
  return problems.length === 0
    ? [ok('Settings', named)]
    : [note('Settings', named), ...problems.map((problem) => wrong('Settings', problem))];
}
