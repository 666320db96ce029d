import { command } from './command';
import { childEnvironment } from './environment';

/** Settings of where npm finds its packages. No other setting of an outer npm reaches this one. */
const KEPT = /^npm_config_(registry|cache|userconfig|cafile|(https?_)?proxy|noproxy)$/i;

/** Runs npm: the one that started this script, if npm did. */
export function npm(args: string[], cwd: string): Promise<string> {
  const env = childEnvironment(Object.fromEntries(Object.entries(process.env).filter(([name]) => KEPT.test(name))));
  const own = process.env['npm_execpath'];
  return own?.endsWith('.js') === true
    ? command(process.execPath, [own, ...args], { cwd, env })
    : command('npm', args, { cwd, env });
}
