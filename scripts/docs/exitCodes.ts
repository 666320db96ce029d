import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exitCodes, exitMeanings } from '../../src/core/terminal/exitCodes';
import { ROOT } from '../process/folders';

const page = join(ROOT, 'docs/terminal.md');
const start = '<!-- exit codes: npm run docs writes them -->';
const end = '<!-- end of exit codes -->';

/** The table of `docs/terminal.md`, from the exit codes that `reltio-token` has. */
export function exitCodeTable(): string {
  const names = Object.keys(exitMeanings) as (keyof typeof exitMeanings)[];
  const rows = names.map((name) => `| ${exitCodes[name]} | ${exitMeanings[name]} |`);
  return ['| code | meaning |', '| --- | --- |', ...rows].join('\n');
}

export function writtenExitCodes(): string {
  const text = readFileSync(page, 'utf8');
  return text.slice(text.indexOf(start) + start.length, text.indexOf(end)).trim();
}

export function writeExitCodes(): void {
  const text = readFileSync(page, 'utf8');
  const [before = '', after = ''] = [text.slice(0, text.indexOf(start)), text.slice(text.indexOf(end))];
  writeFileSync(page, `${before}${start}\n\n${exitCodeTable()}\n\n${after}`);
}
