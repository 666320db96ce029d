import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { countsText, splitCounts, sum } from './steps/counts';
import type { Counts } from './steps/counts';
import { runDesktopTests } from './steps/desktopTests';
import { installBrowser } from './hosts/browser';
import { CURRENT_VERSION, FLOOR_VERSION, installHost } from './hosts/hosts';
import { failuresIn } from './steps/failures';
import { runHostTests } from './steps/hostTests';
import { runNodeTests } from './steps/nodeTests';
import { inParts } from './steps/parts';
import { sideBySide } from './steps/sideBySide';
import { tryCommand } from './process/command';
import { childEnvironment } from './process/environment';
import { ROOT } from './process/folders';
import { isPacked, PACKED } from './packing/packed';
import { progress, seconds } from './process/progress';
import { ExpectedError, runScript } from './process/stop';
import { formatting, lint, types, unused } from './steps/checks';
import { rooms } from './steps/rooms';
import { stageExtensions } from './packing/stage';
import { kilobytes, packConsumer, packProduct } from './packing/vsix';

/** These window tests run on the oldest supported VS Code too; all others run only on the newest. */
const FLOOR_WINDOW_TESTS = ['test/window/signIn.test.ts', 'test/window/terminal.test.ts'];

/** Steps that drive VS Code wait most of the time, so three keep two cores busy. */
const LANES = Math.min(availableParallelism(), 2) + 1;
/** Together, the tests of windows would take longer than everything else. */
const WINDOW_PARTS = 2;

interface Step {
  readonly name: string;
  readonly title: string;
  readonly version?: string;
  /** The number of this part, from 1; missing: all of it. */
  readonly part?: number;
  /** The names of steps that have to pass first. */
  readonly after?: readonly string[];
  run(): Promise<Counts>;
}

interface Result {
  readonly step: Step;
  readonly counts: Counts;
  readonly text: string;
  readonly time: string;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    version: { type: 'string' },
    grep: { type: 'string' },
    fix: { type: 'boolean' },
    part: { type: 'string' },
  },
});
const { grep } = values;
const files = positionals.filter((argument) => argument.endsWith('.ts'));
const names = positionals.filter((argument) => !argument.endsWith('.ts'));
const fix = values.fix === true;
/** In the order in which they start: the longest early, so that no core is idle at the end. */
const STEPS: Step[] = [
  { name: 'types', title: 'Types', run: () => passes(types()) },
  { name: 'install', title: 'VS Code and a browser', run: () => passes(install()) },
  { name: 'package', title: 'Build and package', run: () => passes(packaging()) },
  ...wanted([CURRENT_VERSION]).flatMap((version) => windowParts().map((part) => windowStep(version, part))),
  ...wanted([FLOOR_VERSION, CURRENT_VERSION]).map((version) => ({
    name: 'host',
    title: `Tests in the extension host of VS Code ${version}`,
    version,
    after: ['install', 'package'],
    run: () => runHostTests(version, { grep }),
  })),
  ...wanted([FLOOR_VERSION]).map((version) => windowStep(version)),
  {
    name: 'unit',
    title: 'Tests in plain Node',
    run: () => runNodeTests({ config: '.mocharc.json', files, grep, minutes: 10 }),
  },
  {
    name: 'simulation',
    title: 'Simulation and real processes',
    run: () => runNodeTests({ config: 'test/simulation/.mocharc.json', files, grep, minutes: 15 }),
  },
  { name: 'lint', title: 'Lint', run: () => passes(lint({ fix })) },
  { name: 'formatting', title: 'Formatting', run: () => passes(formatting({ fix })) },
  { name: 'rooms', title: 'Rooms: what may import what', run: () => passes(rooms()) },
  { name: 'unused', title: 'Unused code', run: () => passes(unused()) },
  ...wanted([FLOOR_VERSION, CURRENT_VERSION]).map((version) => ({
    name: 'desktop',
    title: `Tests in the extension host of desktop VS Code ${version}`,
    version,
    after: ['package'],
    run: () => runDesktopTests(version, { grep }),
  })),
];
/** Needs a display, so it runs only where it is asked for. */
const ON_REQUEST = 'desktop';

runScript(async () => {
  if (wanted([CURRENT_VERSION, FLOOR_VERSION]).length === 0) {
    throw new ExpectedError(
      `The versions of VS Code are ${CURRENT_VERSION} and ${FLOOR_VERSION}, not ${values.version}.`,
    );
  }
  const unknown = names.find((name) => !STEPS.some((step) => step.name === name));
  if (unknown !== undefined) {
    const known = [...new Set(STEPS.map((step) => step.name))].join(', ');
    throw new ExpectedError(`There is no step ${unknown}. The steps are ${known}.`);
  }
  const chosen = STEPS.filter(({ name }) => (names.length === 0 ? name !== ON_REQUEST : names.includes(name)));
  const [only, ...others] = chosen;
  const counts = only !== undefined && others.length === 0 ? await countsOf(only) : await allOf(withNeeded(chosen));
  console.log(`\n${countsText(counts)}`);
  return counts.failed === 0 ? 0 : 1;
});

/** Runs one step in this process. */
async function countsOf(step: Step): Promise<Counts> {
  try {
    return await step.run();
  } catch (error) {
    console.error(error instanceof ExpectedError ? error.message : error);
    return { passed: 0, failed: 1 };
  }
}

/** Runs each step in a process of its own, shows its output when it has ended, and a table at the end. */
async function allOf(steps: Step[]): Promise<Counts> {
  const results: Result[] = [];
  const running = new Map<Step, number>();
  const timer = setInterval(() => {
    console.log(`… ${[...running].map(([{ title }, started]) => `${title} (${seconds(started)})`).join(', ')}`);
  }, 60_000);
  await sideBySide(steps, LANES, async (step) => {
    console.log(`${step.title} …`);
    const started = Date.now();
    running.set(step, started);
    const failed = results.find(({ step: { name }, counts }) => step.after?.includes(name) && counts.failed > 0)?.step;
    const { counts, text } =
      failed === undefined
        ? await partOf(step)
        : { counts: { passed: 0, failed: 1 }, text: `  Not run, because this failed: ${failed.title}` };
    running.delete(step);
    const time = seconds(started);
    results.push({ step, counts, text, time });
    console.log(`\n== ${step.title}\n${text}\n== ${step.title}: ${countsText(counts)}, ${time}\n`);
  }).finally(() => {
    clearInterval(timer);
  });
  results.sort((a, b) => steps.indexOf(a.step) - steps.indexOf(b.step));
  for (const { step, counts, time } of results) {
    console.log(`${countsText(counts).padEnd(22)} ${time.padStart(6)}  ${step.title}`);
  }
  for (const { step, counts, text } of results) {
    if (counts.failed > 0) console.log(`\n== Failed: ${step.title}\n${failuresIn(text)}`); // again: it may be far above
  }
  return sum(results.map(({ counts }) => counts));
}

async function partOf({ name, version, part }: Step): Promise<{ counts: Counts; text: string }> {
  const options = { version: version ?? values.version, grep, part: part === undefined ? undefined : String(part) };
  const args = [
    ...[join(ROOT, 'scripts/bootstrap.mjs'), 'test', name, ...files],
    ...Object.entries(options).flatMap(([option, value]) => (value === undefined ? [] : [`--${option}`, value])),
    ...(fix ? ['--fix'] : []),
  ];
  const { code, output } = await tryCommand(process.execPath, args, { env: childEnvironment(PACKED) });
  const { text, counts } = splitCounts(output);
  if (counts !== undefined && (code === 0) === (counts.failed === 0)) return { counts, text };
  return { counts: { passed: 0, failed: 1 }, text: `${text}\n  The process of this step exited with code ${code}.` };
}

/** The steps, and those that they need: built and installed once, not by each of them. */
function withNeeded(steps: Step[]): Step[] {
  const needed = new Set(steps.flatMap(({ after = [] }) => after));
  return STEPS.filter((step) => steps.includes(step) || needed.has(step.name));
}

async function passes(work: Promise<void>): Promise<Counts> {
  await work;
  return { passed: 1, failed: 0 };
}

async function install(): Promise<void> {
  await installBrowser();
  for (const version of wanted([CURRENT_VERSION, FLOOR_VERSION])) await installHost(version);
}

async function packaging(): Promise<void> {
  const { content, bytes } = await progress('Packing', packProduct);
  console.log(`  ${content.length} files, ${kilobytes(bytes)}`);
  await packConsumer();
  await stageExtensions();
}

/** All in one step if some of them are named, or a part is. */
function windowParts(): readonly (number | undefined)[] {
  const isDivided = files.length === 0 && grep === undefined && values.part === undefined;
  return isDivided ? Array.from({ length: WINDOW_PARTS }, (_, index) => index + 1) : [undefined];
}

function windowStep(version: string, part?: number): Step {
  return {
    name: 'window',
    title: `Tests that drive the window of VS Code ${version}${part === undefined ? '' : `, part ${part}`}`,
    version,
    ...(part === undefined ? {} : { part }),
    after: ['install', 'package'],
    run: () => windowTests(version),
  };
}

function windowFiles(version: string): readonly string[] {
  if (files.length > 0) return files;
  if (version === FLOOR_VERSION) return FLOOR_WINDOW_TESTS;
  const all = readdirSync(join(ROOT, 'test/window')).filter((name) => name.endsWith('.test.ts'));
  const parts = inParts(
    all.map((name) => `test/window/${name}`),
    WINDOW_PARTS,
  );
  return values.part === undefined ? parts.flat() : (parts[Number(values.part) - 1] ?? []);
}

async function windowTests(version: string): Promise<Counts> {
  if (!isPacked()) await packaging();
  return runNodeTests({
    config: 'test/window/.mocharc.json',
    files: [...windowFiles(version)],
    grep,
    env: { RELTIO_WINDOW_VERSION: version, ...PACKED },
    minutes: 25,
  });
}

function wanted(versions: string[]): string[] {
  const { version } = values;
  return version === undefined ? versions : versions.filter((one) => one === version || one.startsWith(`${version}.`));
}
