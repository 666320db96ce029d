import { command, tryCommand } from './command';
import { childEnvironment } from './environment';

/** Settings of where npm finds its packages. No other setting of an outer npm reaches this one. */
const KEPT = /^npm_config_(registry|cache|userconfig|cafile|(https?_)?proxy|noproxy)$/i;

/** Runs npm: the one that started this script, if npm did. */
export async function npm(args: string[], cwd: string): Promise<string> {
  return await command(...call(args), { cwd, env: environment() });
}

/** The same, for a command whose exit code is an answer. */
export async function tryNpm(args: string[], cwd: string): Promise<{ code: number; output: string }> {
  return await tryCommand(...call(args), { cwd, env: environment() });
}

function call(args: string[]): [file: string, args: string[]] {
  const own = process.env['npm_execpath'];
  return own?.endsWith('.js') === true ? [process.execPath, [own, ...args]] : ['npm', args];
}

function environment(): NodeJS.ProcessEnv {
  return childEnvironment(Object.fromEntries(Object.entries(process.env).filter(([name]) => KEPT.test(name))));
}
