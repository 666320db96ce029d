import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline';
import { answerCalls } from '../../src/core/terminal/answerCalls';
import { installCommand } from '../../test/shells/installedCommand';

/** A line typed into a shell, and the milliseconds until the shell took the next one, each time. */
export interface Typed {
  readonly name: string;
  readonly times: readonly number[];
}

/**
 * What `reltio-token` takes, from the prompt of a shell to the next one, when the window has a valid token; and what a Node that
 * does nothing takes in the same shell: less is not possible. In turns, so that both see the same machine.
 */
export async function measureTokenCommand(runs: number): Promise<readonly [nothing: Typed, command: Typed]> {
  const metadata = { account: 'jane@acme.com', identity_server: 'https://auth.reltio.com' };
  const inAnHour = Date.now() + 3_600_000;
  const answer = answerCalls({
    token: () => Promise.resolve({ accessToken: 'a'.repeat(2_000), expiresAt: inAnHour, metadata }),
    sentence: ({ code }) => code,
  });
  const command = await installCommand('storage', answer);
  // reltio-token takes these away, and some of them, such as more certificates, double the time of a Node that does nothing
  const env = Object.fromEntries(Object.entries(command.env).filter(([name]) => !name.startsWith('NODE_')));
  const shell = spawn('sh', { env, stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface(shell.stdout);
  const nothing = { name: 'node -e 0', line: `'${process.execPath}' -e 0`, times: [] as number[] };
  const token = { name: 'reltio-token', line: 'reltio-token', times: [] as number[] };
  for (let run = -2; run < runs; run++) {
    for (const { line, times } of [nothing, token]) {
      const started = performance.now();
      const ended = untilLine(lines, 'done');
      shell.stdin.write(`${line} </dev/null; echo done\n`); // a Node that has printed its line takes time to end
      await ended;
      if (run >= 0) times.push(performance.now() - started); // the first ones fill the caches of the disk
    }
  }
  shell.stdin.end();
  await once(shell, 'exit');
  await command.close();
  return [nothing, token];
}

function untilLine(lines: Interface, wanted: string): Promise<void> {
  return new Promise((resolve) => {
    const look = (line: string): void => {
      if (line !== wanted) return;
      lines.off('line', look);
      resolve();
    };
    lines.on('line', look);
  });
}
