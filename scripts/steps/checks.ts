import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { tryCommand } from '../process/command';
import { ROOT } from '../process/folders';
import { Expected } from '../process/stop';

interface Fix {
  /** Mend what can be mended. */
  readonly fix: boolean;
}

/** The sources and plain Node tests first, then what also runs in a page of the browser. */
export async function types(): Promise<void> {
  await tool('typescript', 'bin/tsc', ['--noEmit']);
  await tool('typescript', 'bin/tsc', ['--noEmit', '-p', 'test/window']);
}

export function lint({ fix }: Fix): Promise<void> {
  return tool('eslint', 'bin/eslint.js', ['.', '--max-warnings', '0', ...(fix ? ['--fix'] : [])]);
}

export function formatting({ fix, folder = '.' }: Fix & { readonly folder?: string }): Promise<void> {
  return tool('prettier', 'bin/prettier.cjs', [folder, fix ? '--write' : '--check', '--log-level', 'warn']);
}

async function tool(name: string, bin: string, args: string[]): Promise<void> {
  const script = join(dirname(createRequire(__filename).resolve(`${name}/package.json`)), bin);
  const { code, output } = await tryCommand(process.execPath, [script, ...args], { cwd: ROOT });
  if (code !== 0) throw new Expected(output.trimEnd());
}
