import { note, ok, wrong, type Finding } from './finding';

/**
 * Which settings the person set, by name, and what cannot be used of them.
 *
 * @param problems sentences that hold nothing of what was typed
 */
export function settingsFindings(inUse: readonly string[], problems: readonly string[]): readonly Finding[] {
  const named =
    inUse.length === 0 ? 'All settings have their defaults.' : `In your user settings: ${inUse.join(', ')}.`;
  return problems.length === 0
    ? [ok('Settings', named)]
    : [note('Settings', named), ...problems.map((problem) => wrong('Settings', problem))];
}
