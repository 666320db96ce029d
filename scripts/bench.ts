import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { figureLine, hostFigures, type Figure } from './bench/figures';
import { measureInHost } from './bench/inHost';
import { measure, type Way } from './bench/measure';
import { writePage } from './bench/page';
import { proxyFigures, tokenFigures } from './bench/programFigures';
import { measureTokenCommand } from './bench/tokenCommand';
import { CURRENT_VERSION } from './hosts/hosts';
import { ROOT } from './process/folders';
import { ExpectedError, onStop, runScript } from './process/stop';

const defaults = { requests: '2000', downloads: '5', tokens: '50', idle: '5' };
const usage = `Use: npm run bench -- ${Object.keys(defaults)
  .map((name) => `[--${name} N]`)
  .join(' ')}`;

/**
 * `npm run bench -- [--requests N] [--downloads N] [--tokens N] [--idle MINUTES]`, on an idle machine: what the extension costs in
 * a real extension host, against a built-in one and a trivial one; what the local proxy costs, against calling the same server
 * directly and against `http-proxy` in the same role; and what `reltio-token` takes, against a Node that does nothing. Each
 * server has a process of its own. Writes docs/benchmarks.md.
 */
runScript(async () => {
  const { values } = parseArgs({
    options: {
      requests: { type: 'string' },
      downloads: { type: 'string' },
      tokens: { type: 'string' },
      idle: { type: 'string' },
    },
  });
  const chosen = { ...defaults, ...values };
  if (!Object.values(chosen).every((number) => /^[1-9]\d{0,5}$/.test(number))) {
    throw new ExpectedError(usage);
  }
  const { requests, downloads, tokens, idle } = chosen;
  const inHost = hostFigures(await measureInHost(CURRENT_VERSION, Number(idle)), Number(idle));
  print(inHost);
  const command = tokenFigures(...(await measureTokenCommand(Number(tokens))));
  print(command);
  const proxy = proxyFigures(await measure(await ways(), Number(requests), Number(downloads)));
  print(proxy);
  const page = await writePage(CURRENT_VERSION, [
    { title: 'In VS Code', text: 'In the extension host of VS Code’s server.', figures: inHost },
    {
      title: 'The local proxy',
      text: `${requests} small GETs over one connection, and ${downloads} downloads of 200 MB, in turns.`,
      figures: proxy,
    },
    { title: '`reltio-token`', text: `From one prompt of \`sh\` to the next, ${tokens} times each.`, figures: command },
  ]);
  console.log(`Written: ${relative(ROOT, page)}`);
  return [...inHost, ...proxy, ...command].every(({ goal }) => goal?.isMet !== false) ? 0 : 1;
});

async function ways(): Promise<readonly Way[]> {
  const target = await started('directServer');
  return [
    { name: 'direct', address: target, sendsToken: true },
    { name: '`http-proxy`', address: await started('httpProxyServer', target), sendsToken: false },
    { name: 'local proxy', address: await started('localProxyServer', target), sendsToken: false },
    {
      name: 'local proxy with our own client',
      address: await started('localProxyServer', target, 'explicit'),
      sendsToken: false,
    },
  ];
}

function print(figures: readonly Figure[]): void {
  for (const figure of figures) console.log(figureLine(figure));
}

async function started(name: string, ...args: string[]): Promise<string> {
  const child = fork(join(ROOT, 'scripts/bench', `${name}.ts`), args, { execArgv: ['--import', 'tsx'] });
  onStop(() => {
    child.kill();
  });
  const [address] = (await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => {
      throw new ExpectedError(`${name} did not start.`);
    }),
  ])) as [string];
  return address;
}
