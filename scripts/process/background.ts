import { spawn } from 'node:child_process';
import { stopProcess, tail } from './command';
import { ExpectedError, onStop } from './stop';

export interface Background {
  /** What it has printed so far. */
  output(): string;
  /** Resolves when the process has exited for any reason. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

interface Options {
  readonly env: NodeJS.ProcessEnv;
  readonly cwd?: string;
}

/** Starts a server that is stopped when this process exits, with all its children. */
export function background(file: string, args: string[], { env, cwd }: Options): Background {
  const child = spawn(file, args, {
    ...(cwd === undefined ? {} : { cwd }),
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    // a process group of its own, so that its children can be stopped with it
    detached: process.platform !== 'win32',
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const ended = new Promise<void>((resolve) => {
    child.once('error', (error) => {
      output += `\n${error.message}`;
      resolve();
    });
    child.once('exit', (code, signal) => {
      output += `\n[exited with ${signal ?? code ?? 0}]`;
      resolve();
    });
  });
  const stop = (): Promise<void> => {
    forget();
    return stopProcess(child, true);
  };
  const forget = onStop(stop);
  return { output: () => output, ended, stop };
}

/**
 * Waits until a server has a page at `url`; code-server listens before it has any. If it exits or the timeout passes, the error
 * has the end of its output.
 */
export async function untilAnswers(name: string, server: Background, url: string, timeout = 90_000): Promise<void> {
  let ended = false;
  void server.ended.then(() => (ended = true));
  const end = Date.now() + timeout;
  while (Date.now() < end && !ended) {
    const answer = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(5000) }).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer?.ok === true) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const what = ended ? 'exited' : `did not answer within ${timeout / 1000} s`;
  throw new ExpectedError(`${name} ${what}. The end of what it printed:\n${tail(server.output())}`);
}
