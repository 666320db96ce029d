import { plainFault, type SettingFault } from './settingFault';

/** What a setting of one value may be, and what counts where it is something else. */
export type Rule =
  | { readonly least: number; readonly most: number; readonly otherwise: number }
  | { readonly among: readonly string[]; readonly otherwise: string }
  /** A precaution: off unless it is set, and on where it is set to what nobody understands. */
  | { readonly isPrecaution: true; readonly otherwise: true };

/** By the name below `reltioAuth.`. VS Code marks a wrong value in the editor and hands it over all the same. */
export const rules = {
  refreshTokenDays: { least: 1, most: 3_650, otherwise: 28 },
  refresh: { among: ['onDemand', 'keepAlive'], otherwise: 'onDemand' },
  'statusBar.click': { among: ['menu', 'refresh'], otherwise: 'menu' },
  'clipboard.clearAfterSeconds': { least: 0, most: 86_400, otherwise: 60 },
  'clipboard.confirm': { isPrecaution: true, otherwise: true },
} as const satisfies Readonly<Record<string, Rule>>;

export type SimpleSetting = keyof typeof rules;

/** The value where it is one, else what counts instead. */
export function simpleSetting(name: SimpleSetting, value: unknown): string | number | boolean {
  const rule: Rule = rules[name];
  if ('isPrecaution' in rule && value === undefined) {
    return false;
  }
  return isUsable(rule, value) ? value : rule.otherwise;
}

/** @param read the value that the person gave a setting, undefined where none */
export function simpleSettingFaults(read: (name: SimpleSetting) => unknown): readonly SettingFault[] {
  return (Object.keys(rules) as SimpleSetting[]).flatMap((name) => {
    const value = read(name);
    const rule: Rule = rules[name];
    return value === undefined || isUsable(rule, value) ? [] : [plainFault(sentence(name, rule))];
  });
}

function isUsable(rule: Rule, value: unknown): value is string | number | boolean {
  if ('isPrecaution' in rule) {
    return typeof value === 'boolean';
  }
  return 'among' in rule
    ? rule.among.some((one) => one === value)
    : typeof value === 'number' && value >= rule.least && value <= rule.most;
}

function sentence(name: string, rule: Rule): string {
  if ('isPrecaution' in rule) {
    return `reltioAuth.${name} must be true or false; true is used.`;
  }
  return 'among' in rule
    ? `reltioAuth.${name} must be ${rule.among.map((one) => `"${one}"`).join(' or ')}; "${rule.otherwise}" is used.`
    : `reltioAuth.${name} must be a number from ${rule.least} to ${rule.most}; ${rule.otherwise} is used.`;
}
