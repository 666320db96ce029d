import { fork } from 'node:child_process';
import { once } from 'node:events';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { measure, quantile, type Measured, type Way } from './bench/measure';
import { measureTokenCommand, typedLine } from './bench/tokenCommand';
import { ROOT } from './process/folders';
import { ExpectedError, onStop, runScript } from './process/stop';

/**
 * `npm run bench -- [--requests N] [--downloads N] [--tokens N]`: what the local proxy costs, against calling the same server
 * directly, and against `http-proxy` in the same role. Each server has a process of its own. And what `reltio-token` takes,
 * against a Node that does nothing. Compare the ratios only: they come from one run on one machine.
 */
runScript(async () => {
  const { values } = parseArgs({
    options: { requests: { type: 'string' }, downloads: { type: 'string' }, tokens: { type: 'string' } },
  });
  const [requests, downloads, tokens] = [values.requests ?? '2000', values.downloads ?? '5', values.tokens ?? '50'];
  if (![requests, downloads, tokens].every((number) => /^[1-9]\d{0,5}$/.test(number))) {
    throw new ExpectedError('Use: npm run bench -- [--requests N] [--downloads N] [--tokens N]');
  }
  const [nothing, ...others] = await measureTokenCommand(Number(tokens));
  console.log(`From one prompt of sh to the next, ${tokens} times each:`);
  for (const one of [nothing, ...others]) console.log(typedLine(one, nothing));
  const target = await started('directServer');
  const ways: readonly Way[] = [
    { name: 'direct', address: target, sendsToken: true },
    { name: 'http-proxy', address: await started('httpProxyServer', target), sendsToken: false },
    { name: 'local proxy', address: await started('localProxyServer', target), sendsToken: false },
    { name: 'with our own client', address: await started('localProxyServer', target, 'explicit'), sendsToken: false },
  ];
  console.log(
    `Node ${process.versions.node}, ${cpus().length} cores, ${requests} small GETs, ${downloads} downloads of 200 MB.`,
  );
  const all = await measure(ways, Number(requests), Number(downloads));
  const [direct] = all;
  for (const one of all) console.log(line(one, direct ?? one));
  return 0;
});

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

function line({ name, times, rates }: Measured, direct: Measured): string {
  const time = (share: number): string => {
    const [own, least] = [quantile(times, share), quantile(direct.times, share)];
    return `${own.toFixed(2)} ms (+${(own - least).toFixed(2)})`.padStart(18);
  };
  const rate = quantile(rates, 0.5);
  return [
    name.padEnd(20),
    `median ${time(0.5)}`,
    `p99 ${time(0.99)}`,
    `${rate.toFixed(0).padStart(5)} MB/s (${(rate / quantile(direct.rates, 0.5)).toFixed(2)} of direct)`,
  ].join('  ');
}
