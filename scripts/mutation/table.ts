import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../process/folders';
import { percent, type Figures } from './figures';

const PAGE = join(ROOT, 'docs/testing.md');
const START = '<!-- mutation: npm run mutate writes this table -->';
const END = '<!-- end of mutation -->';
const HEADER = ['| room | faults planted | found | share |', '| --- | ---: | ---: | ---: |'];

/** Replaces the rows of these rooms, and keeps the others. */
export function withFigures(page: string, all: readonly Figures[]): string {
  const start = page.indexOf(START) + START.length;
  const end = page.indexOf(END);
  if (start < START.length || end < start) throw new Error(`docs/testing.md has no "${START}" … "${END}".`);
  const rows = new Map<string, string>();
  for (const row of page.slice(start, end).split('\n')) {
    const room = /^\| `([\w-]+)`/.exec(row)?.[1];
    if (room !== undefined) rows.set(room, row);
  }
  for (const { room, mutants, found } of all) {
    rows.set(room, `| \`${room}\` | ${mutants} | ${found} | ${percent({ mutants, found })} |`);
  }
  const sorted = [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  return `${page.slice(0, start)}\n\n${[...HEADER, ...sorted].join('\n')}\n\n${page.slice(end)}`;
}

export function writeMutationTable(all: readonly Figures[]): void {
  writeFileSync(PAGE, withFigures(readFileSync(PAGE, 'utf8'), all));
}
