import { parseArgs } from 'node:util';
import { countsText, sum } from './steps/counts';
import type { Counts } from './steps/counts';
import { runDesktopTests } from './steps/desktopTests';
import { CURRENT_VERSION, FLOOR_VERSION } from './hosts/hosts';
import { runHostTests } from './steps/hostTests';
import { runNodeTests } from './steps/nodeTests';
import { progress, seconds } from './process/progress';
import { ExpectedError, runScript } from './process/stop';
import { formatting, lint, types, unused } from './steps/checks';
import { rooms } from './steps/rooms';
import { kilobytes, packProduct } from './packing/vsix';

/** These window tests run on the oldest supported VS Code too; all others run only on the newest. */
const FLOOR_WINDOW_TESTS = ['test/window/signIn.test.ts'];

/** This step and the steps before it use one core each, so it runs beside them. Its output is still printed in order. */
const PARALLEL_STEP = 'simulation';

interface Step {
  readonly name: string;
  readonly title: string;
  /** @param print receives what the step would print on the console */
  run(print?: (text: string) => void): Promise<Counts>;
}

interface Result {
  readonly title: string;
  readonly counts: Counts;
  readonly time: string;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { version: { type: 'string' }, grep: { type: 'string' }, fix: { type: 'boolean' } },
});
const { grep } = values;
const files = positionals.filter((argument) => argument.endsWith('.ts'));
const names = positionals.filter((argument) => !argument.endsWith('.ts'));
const fix = values.fix === true;

const EVERYTHING = [
  'types',
  'lint',
  'formatting',
  'rooms',
  'unused',
  'unit',
  'simulation',
  'package',
  'host',
  'window',
];
const STEPS: Step[] = [
  { name: 'types', title: 'Types', run: () => passes(types()) },
  { name: 'lint', title: 'Lint', run: () => passes(lint({ fix })) },
  { name: 'formatting', title: 'Formatting', run: () => passes(formatting({ fix })) },
  { name: 'rooms', title: 'Rooms: what may import what', run: () => passes(rooms()) },
  { name: 'unused', title: 'Unused code', run: () => passes(unused()) },
  {
    name: 'unit',
    title: 'Tests in plain Node',
    run: () => runNodeTests({ config: '.mocharc.json', files, grep, minutes: 10 }),
  },
  {
    name: 'simulation',
    title: 'Simulation and real processes',
    run: (print) => runNodeTests({ config: 'test/simulation/.mocharc.json', files, grep, minutes: 15, print }),
  },
  { name: 'package', title: 'Build and package', run: () => passes(packaging()) },
  ...wanted([FLOOR_VERSION, CURRENT_VERSION]).map((version) => ({
    name: 'host',
    title: `Tests in the extension host of VS Code ${version}`,
    run: () => runHostTests(version, { grep }),
  })),
  ...wanted([CURRENT_VERSION, FLOOR_VERSION]).map((version) => ({
    name: 'window',
    title: `Tests that drive the window of VS Code ${version}`,
    run: () => windowTests(version),
  })),
  ...wanted([FLOOR_VERSION, CURRENT_VERSION]).map((version) => ({
    name: 'desktop',
    title: `Tests in the extension host of desktop VS Code ${version}`,
    run: () => runDesktopTests(version, { grep }),
  })),
];

runScript(async () => {
  const chosen = names.length === 0 ? EVERYTHING : names;
  const unknown = chosen.find((name) => !STEPS.some((step) => step.name === name));
  if (unknown !== undefined) {
    const known = [...new Set(STEPS.map((step) => step.name))].join(', ');
    throw new ExpectedError(`There is no step ${unknown}. The steps are ${known}.`);
  }
  const steps = STEPS.filter((step) => chosen.includes(step.name));
  const printed: string[] = [];
  const parallel = steps.slice(1).find(({ name }) => name === PARALLEL_STEP);
  const parallelResult = parallel && resultOf(parallel, (text) => printed.push(text));
  const results: Result[] = [];
  for (const step of steps) {
    console.log(`\n== ${step.title}`);
    const result = await (step === parallel && parallelResult !== undefined ? parallelResult : resultOf(step));
    if (step === parallel) console.log(printed.join(''));
    results.push(result);
    console.log(`== ${step.title}: ${countsText(result.counts)}, ${result.time}`);
  }
  const total = sum(results.map(({ counts }) => counts));
  console.log('');
  for (const { title, counts, time } of results)
    console.log(`${countsText(counts).padEnd(22)} ${time.padStart(6)}  ${title}`);
  console.log(`\n${countsText(total)}`);
  return total.failed === 0 ? 0 : 1;
});

async function resultOf(step: Step, print?: (text: string) => void): Promise<Result> {
  const started = Date.now();
  const counts = await step.run(print).catch((error: unknown) => {
    console.error(error instanceof ExpectedError ? error.message : error);
    return { passed: 0, failed: 1 };
  });
  return { title: step.title, counts, time: seconds(started) };
}

async function passes(work: Promise<void>): Promise<Counts> {
  await work;
  return { passed: 1, failed: 0 };
}

async function packaging(): Promise<void> {
  const { content, bytes } = await progress('Packing', packProduct);
  console.log(`  ${content.length} files, ${kilobytes(bytes)}`);
}

async function windowTests(version: string): Promise<Counts> {
  if (!(names.length === 0 || names.includes('package'))) await packProduct();
  return runNodeTests({
    config: 'test/window/.mocharc.json',
    files: files.length > 0 ? files : version === FLOOR_VERSION ? FLOOR_WINDOW_TESTS : [],
    grep,
    env: { RELTIO_WINDOW_VERSION: version, RELTIO_PACKED: '1' },
    minutes: 25,
  });
}

function wanted(versions: string[]): string[] {
  const { version } = values;
  return version === undefined ? versions : versions.filter((one) => one === version || one.startsWith(`${version}.`));
}
