import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tail, tryCommand } from '../process/command';
import { childEnvironment } from '../process/environment';
import { ROOT, temporaryFolder } from '../process/folders';
import type { Counts } from './counts';

interface Options {
  /** A .mocharc.json. If there are `files`, they replace its `spec`. */
  readonly config: string;
  readonly files?: string[];
  readonly grep?: string | undefined;
  readonly env?: NodeJS.ProcessEnv;
  /** After this time mocha is stopped, and the run counts as failed. */
  readonly minutes: number;
}

/** Runs mocha in plain Node, shows its output and returns its counts. */
export async function runNodeTests({ config, files = [], grep, env = {}, minutes }: Options): Promise<Counts> {
  for (const file of files) {
    if (!existsSync(join(ROOT, file))) {
      console.error(`  There is no ${file}.`);
      return { passed: 0, failed: 1 };
    }
  }
  const countsFile = join(temporaryFolder('counts'), 'counts.json');
  const { code, output } = await tryCommand(process.execPath, mochaArguments(config, files, grep), {
    cwd: ROOT,
    env: childEnvironment({ RELTIO_COUNTS: countsFile, ...env }),
    show: true,
    minutes,
  });
  if (!existsSync(countsFile)) {
    console.error(`  mocha exited with code ${code} before the tests were done.\n${tail(output, 5)}`);
    return { passed: 0, failed: 1 };
  }
  const { passed, failed } = JSON.parse(readFileSync(countsFile, 'utf8')) as Counts;
  if (passed + failed === 0) console.error('  No test ran.');
  const unreported = failed === 0 && (code !== 0 || passed === 0) ? 1 : 0;
  return { passed, failed: failed + unreported };
}

/** The options of a .mocharc.json as arguments. If mocha read the file, it would add `files` to its `spec`. */
function mochaArguments(config: string, files: string[], grep: string | undefined): string[] {
  const options = JSON.parse(readFileSync(join(ROOT, config), 'utf8')) as Record<string, unknown>;
  const { spec, 'node-option': nodeOption, reporter = 'spec', ...rest } = options;
  return [
    // given to Node itself: mocha would start a second Node for them, which does not get the signals of the first
    ...flags({ nodeOption }).map((flag) => flag.replace('--nodeOption=', '--')),
    join(ROOT, 'node_modules/mocha/bin/mocha.js'),
    '--no-config',
    ...flags({ ...rest, ...(grep === undefined ? {} : { grep }) }),
    ...flags({ reporter: './test/countingReporter.ts', 'reporter-option': `base=${String(reporter)}` }),
    ...(files.length > 0 ? files : (spec as string[])),
  ];
}

function flags(options: Record<string, unknown>): string[] {
  return Object.entries(options).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((one) => (one === true ? `--${name}` : `--${name}=${String(one)}`)),
  );
}
