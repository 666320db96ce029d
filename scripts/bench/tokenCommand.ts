import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { answerCalls } from '../../src/core/terminal/answerCalls';
import { installCommand } from '../../test/shells/installedCommand';
import { quantile } from './measure';

/** A line typed into a shell, and the milliseconds until it had printed its line, each time. */
export interface Typed {
  readonly name: string;
  readonly times: readonly number[];
}

/**
 * What `reltio-token` takes, from the prompt of a shell to the token, when the window has a valid one; and what a Node that does
 * nothing takes in the same shell: less is not possible. One after the other, so that both see the same machine.
 */
export async function measureTokenCommand(runs: number): Promise<readonly [nothing: Typed, command: Typed]> {
  const metadata = { account: 'jane@acme.com', identity_server: 'https://auth.reltio.com' };
  const inAnHour = Date.now() + 3_600_000;
  const answer = answerCalls({
    token: () => Promise.resolve({ accessToken: 'a'.repeat(2_000), expiresAt: inAnHour, metadata }),
    sentence: ({ code }) => code,
  });
  const command = await installCommand('storage', answer);
  const shell = spawn('sh', { env: command.env, stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface(shell.stdout);
  const nothing = { name: 'node -e 0', line: `'${process.execPath}' -e 0 </dev/null; echo`, times: [] as number[] };
  const token = { name: 'reltio-token', line: 'reltio-token </dev/null', times: [] as number[] };
  for (let run = -2; run < runs; run++) {
    for (const { line, times } of [nothing, token]) {
      const started = performance.now();
      const printed = once(lines, 'line');
      shell.stdin.write(`${line}\n`);
      await printed;
      if (run >= 0) times.push(performance.now() - started); // the first ones fill the caches of the disk
    }
  }
  shell.stdin.end();
  await once(shell, 'exit');
  await command.close();
  return [nothing, token];
}

export function typedLine({ name, times }: Typed, floor: Typed): string {
  const [median, least] = [quantile(times, 0.5), quantile(floor.times, 0.5)];
  return `${name.padEnd(20)}  median ${median.toFixed(0)} ms (+${(median - least).toFixed(0)})`;
}
