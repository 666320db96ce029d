import { dirname, join } from 'node:path';
import { tryCommand } from '../process/command';
import { ROOT } from '../process/folders';
import { ExpectedError } from '../process/stop';

interface Fix {
  /** Correct what the tool can correct. */
  readonly fix: boolean;
}

/** First the sources and the tests in plain Node, then what also uses the types of a browser. */
export async function types(): Promise<void> {
  const typescript = require.resolve('typescript/package.json');
  await tool(typescript, 'bin/tsc', ['--noEmit']);
  await tool(typescript, 'bin/tsc', ['--noEmit', '-p', 'test/window']);
}

export function lint({ fix }: Fix): Promise<void> {
  return tool(require.resolve('eslint/package.json'), 'bin/eslint.js', [
    '.',
    '--max-warnings',
    '0',
    ...(fix ? ['--fix'] : []),
  ]);
}

export function formatting({ fix, folder = '.' }: Fix & { readonly folder?: string }): Promise<void> {
  const how = [fix ? '--write' : '--check', '--log-level', 'warn'];
  return tool(require.resolve('prettier/package.json'), 'bin/prettier.cjs', [folder, ...how]);
}

/** Files, exports and packages that nothing uses. */
export function unused(): Promise<void> {
  // its package.json is hidden from require.resolve
  return tool(join(ROOT, 'node_modules/knip/package.json'), 'bin/knip.js', ['--no-progress']);
}

async function tool(manifest: string, bin: string, args: string[]): Promise<void> {
  const { code, output } = await tryCommand(process.execPath, [join(dirname(manifest), bin), ...args], { cwd: ROOT });
  if (code !== 0) throw new ExpectedError(output.trimEnd());
}
