import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { causes, type Cause } from '../../src/core/history/signedOut';
import { isRight, type NamedCauses } from './causeCheck';
import { from, Seeds } from './seeds';

const page = 'docs/sessions.md';
const marks = ['<!-- causes: npm run causes writes them -->', '<!-- /causes -->'] as const;

/**
 * `npm run causes` counts how often the history names the true cause, and writes that to docs/sessions.md. With `--seeds 20
 * --wrong` it only prints, with the entries where it named another.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { seeds: { type: 'string' }, from: { type: 'string' }, wrong: { type: 'boolean' } },
  });
  const [first, many] = [Number(values.from ?? 1), Number(values.seeds ?? 2_000)];
  const sum: Partial<Record<string, number>> = {};
  const seeds = await Seeds.open();
  const tasks = [...from(first, many)].map((task) => ({ ...task, namesCauses: true }));
  await seeds.run(tasks, ({ seed, causes: named }) => {
    for (const [pair, count] of Object.entries(named?.counts ?? {})) {
      sum[pair] = (sum[pair] ?? 0) + count;
    }
    if (values.wrong === true) {
      named?.wrong.forEach((one) => {
        console.log(`seed ${seed} ${one}`);
      });
    }
    return undefined;
  });
  await seeds.close();
  const table = tableOf(sum as NamedCauses['counts'], first, many);
  console.log(table);
  if (values.wrong !== true) {
    const text = readFileSync(page, 'utf8');
    const [start, end] = [text.indexOf(marks[0]) + marks[0].length, text.indexOf(marks[1])];
    writeFileSync(page, `${text.slice(0, start)}\n\n${table}\n\n${text.slice(end)}`);
  }
}

function tableOf(sum: NamedCauses['counts'], first: number, many: number): string {
  const count = (truth: Cause, isCounted: (named: string) => boolean): number =>
    Object.entries(sum)
      .filter(([pair]) => pair.startsWith(`${truth} `) && isCounted(pair.slice(truth.length + 1)))
      .reduce((all, [, some]) => all + some, 0);
  const rows = causes.map((cause) => ({
    cause,
    all: count(cause, () => true),
    right: count(cause, (named) => named === cause),
    oneOfTwo: count(cause, (named) => named !== cause && isRight(cause, named)),
    unknown: count(cause, (named) => named === 'unknown' || named === 'none'),
  }));
  const lineOf = (title: string, some: typeof rows): string => {
    const total = (of: (row: (typeof rows)[number]) => number): number => some.reduce((all, row) => all + of(row), 0);
    return lineFor(
      `**${title}**`,
      total((row) => row.all),
      total((row) => row.right),
      total((row) => row.oneOfTwo),
      total((row) => row.unknown),
    );
  };
  const lineFor = (title: string, all: number, right: number, oneOfTwo: number, unknown: number): string =>
    `| ${title} | ${all} | ${right} | ${oneOfTwo} | ${share(right + oneOfTwo, all)} | ${unknown} | ${all - right - oneOfTwo - unknown} |`;
  const share = (some: number, whole: number): string => `${((100 * some) / Math.max(whole, 1)).toFixed(1)} %`;
  return [
    '| true cause | seen | named | as one of two | share | unknown | wrong |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...rows
      .filter((row) => row.all > 0)
      .map(({ cause, all, right, oneOfTwo, unknown }) => lineFor(`\`${cause}\``, all, right, oneOfTwo, unknown)),
    lineOf('all', rows),
    lineOf(
      'without `tokenExpired`',
      rows.filter(({ cause }) => cause !== 'tokenExpired'),
    ),
    '',
    `${many} seeds from ${first}.`,
  ].join('\n');
}

void main();
