import * as l10n from '@vscode/l10n';
import { displayText } from '../../core/base/displayText';

/** A customer has some ten tenants, but an answer may list any number. */
const mostRows = 50;

/** An indented block, which a preview shows as it is. */
export function block(lines: readonly string[]): string {
  return lines.map((line) => `    ${line}`).join('\n');
}

/** Only of what is shown, a line is made: the extension host must not stand still over a long answer. */
export function limited<T>(all: readonly T[], line: (one: T) => string): readonly string[] {
  const lines = all.slice(0, mostRows).map(line);
  return all.length <= mostRows ? lines : [...lines, l10n.t('and {0} more', all.length - mostRows)];
}

/** Safe to show. */
export function shown(text: string | undefined): string | undefined {
  return text === undefined ? undefined : displayText(text);
}

export type Row = readonly [string, string | undefined];

/** The names in a column: 15 characters wide, or as wide as the longest name of this language. */
export function rows(all: readonly Row[]): readonly string[] {
  const width = Math.max(15, ...all.map(([name]) => name.length + 1));
  return all.map(([name, value = l10n.t('not stated')]) => `${`${name}:`.padEnd(width)} ${value}`);
}
