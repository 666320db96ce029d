import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { childEnvironment } from './environment';
import { ExpectedError, onStop } from './stop';

interface Options {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Prints the output as it comes. Otherwise only its end is printed, and only if the command fails. */
  readonly show?: boolean;
  /** The command is stopped after this time. */
  readonly minutes?: number;
}

/** Runs a command and returns what it printed. If it fails, the error has the end of the output. */
export async function command(file: string, args: string[], options: Options = {}): Promise<string> {
  const { code, output } = await tryCommand(file, args, options);
  if (code !== 0) {
    const shown = options.show === true ? '' : `\n${tail(output)}`;
    throw new ExpectedError(`\`${[file, ...args].join(' ')}\` exited with code ${code}.${shown}`);
  }
  return output;
}

export async function tryCommand(
  file: string,
  args: string[],
  { cwd, env = childEnvironment(), show = false, minutes }: Options = {},
): Promise<{ code: number; output: string }> {
  const child = spawn(file, args, {
    ...(cwd === undefined ? {} : { cwd }),
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    // npm and code are batch files there
    shell: process.platform === 'win32' && !file.endsWith('.exe'),
  });
  const forget = onStop(() => stopProcess(child));
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (show) process.stdout.write(text);
    });
  }
  const limit =
    minutes === undefined
      ? undefined
      : setTimeout(() => {
          output += `\n[stopped after ${minutes} minutes]\n`;
          void stopProcess(child);
        }, minutes * 60_000);
  const code = await new Promise<number>((resolve, reject) => {
    child.once('error', (error) => {
      reject(new ExpectedError(`${file} cannot be run: ${error.message}`));
    });
    child.once('close', (status) => {
      resolve(status ?? 1);
    });
  }).finally(() => {
    clearTimeout(limit);
    forget();
  });
  return { code, output };
}

export function tail(text: string, lines = 40): string {
  return text.trimEnd().split('\n').slice(-lines).join('\n');
}

/** Asks a child and its own children to exit, and kills them after three seconds. */
export async function stopProcess(child: ChildProcess, group = false): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const pid = child.pid;
  const send = (signal: NodeJS.Signals): void => {
    try {
      if (group && process.platform !== 'win32') process.kill(-pid, signal);
      else child.kill(signal);
    } catch {
      // it has exited in the meantime
    }
  };
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => {
      resolve();
    });
  });
  send('SIGTERM');
  const force = setTimeout(() => {
    send('SIGKILL');
  }, 3000);
  await exited;
  clearTimeout(force);
  if (group) send('SIGKILL');
}
