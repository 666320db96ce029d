import { command } from './command';

/** Runs npm, the one that started us where there is one. */
export function npm(args: string[], cwd: string): Promise<string> {
  const own = process.env['npm_execpath'];
  return own?.endsWith('.js') === true
    ? command(process.execPath, [own, ...args], { cwd })
    : command('npm', args, { cwd });
}
