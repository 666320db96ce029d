import { note, ok, wrong, type Finding } from './finding';

/**
 * Which settings the person set, by name. Their values and the sentences about them stay out: both repeat what was
 * typed.
 */
export function settingsFindings(inUse: readonly string[], problems: readonly string[]): readonly Finding[] {
  const named =
    inUse.length === 0 ? 'All settings have their defaults.' : `In your user settings: ${inUse.join(', ')}.`;
  const unusable = [...new Set(problems.map(settingIn))];
  if (unusable.length === 0) {
    return [ok('Settings', named)];
  }
  return [
    note('Settings', named),
    wrong('Settings', `Not all of ${unusable.join(', ')} can be used.`, 'Run "Reltio: Sign In" to see which and why.'),
  ];
}

function settingIn(problem: string): string {
  return /^reltioAuth(\.[a-zA-Z]+)+/.exec(problem)?.[0] ?? 'reltioAuth.environments';
}
