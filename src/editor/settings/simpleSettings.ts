import * as l10n from '@vscode/l10n';
import { textLanguage } from '../messages/textLanguage';
import { plainFault, type SettingFault } from './settingFault';
import {
  settingId,
  settingNames,
  settingTable,
  type SettingName,
  type SimpleRow,
  type SimpleSetting,
  type SimpleValue,
} from './settingTable';

/**
 * The value if it is valid, else its replacement. VS Code marks an invalid value in the editor, but still returns it.
 */
export function simpleSetting<Name extends SimpleSetting>(name: Name, value: unknown): SimpleValue<Name> {
  const row: SimpleRow = settingTable[name];
  const instead = value === undefined ? row.default : replacementFor(row);
  return (isUsable(row, value) ? value : instead) as SimpleValue<Name>;
}

export function simpleSettings(): readonly SimpleSetting[] {
  return settingNames().filter(isSimple);
}

/**
 * @param read the user's value of a setting, undefined if there is none
 */
export function simpleSettingFaults(read: (name: SimpleSetting) => unknown): readonly SettingFault[] {
  return simpleSettings().flatMap((name) => {
    const value = read(name);
    return value === undefined || isUsable(settingTable[name], value)
      ? []
      : [plainFault(sentence(settingId(name), settingTable[name]))];
  });
}

function isSimple(name: SettingName): name is SimpleSetting {
  const row = settingTable[name];
  return row.type === 'number' || row.type === 'integer' || row.type === 'boolean' || 'enum' in row;
}

function isUsable(row: SimpleRow, value: unknown): boolean {
  switch (row.type) {
    case 'boolean':
      return typeof value === 'boolean';
    case 'string':
      return row.enum.some((word) => word === value);
    case 'number':
      return isWithin(row, value);
    case 'integer':
      return isWithin(row, value) && Number.isInteger(value);
  }
}

function isWithin({ minimum, maximum }: Extract<SimpleRow, { readonly minimum: number }>, value: unknown): boolean {
  return typeof value === 'number' && value >= minimum && value <= maximum;
}

function replacementFor(row: SimpleRow): unknown {
  return row.type === 'boolean' ? row.otherwise : row.default;
}

function sentence(id: string, row: SimpleRow): string {
  const used = JSON.stringify(replacementFor(row));
  switch (row.type) {
    case 'boolean':
      return l10n.t('{0} must be true or false; {1} is used.', id, used);
    case 'string': {
      const words = new Intl.ListFormat(textLanguage(), { type: 'disjunction' });
      return l10n.t('{0} must be {1}; {2} is used.', id, words.format(row.enum.map((word) => `"${word}"`)), used);
    }
    case 'number':
      return l10n.t('{0} must be a number from {1} to {2}; {3} is used.', id, row.minimum, row.maximum, used);
    case 'integer':
      return l10n.t('{0} must be a whole number from {1} to {2}; {3} is used.', id, row.minimum, row.maximum, used);
  }
}
