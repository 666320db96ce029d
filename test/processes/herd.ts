import { spawn, type ChildProcess } from 'node:child_process';

export interface HerdCounts {
  readonly killed: number;
  readonly stopped: number;
}

/**
 * Operating-system processes of one program that are killed (and replaced) and stopped (and resumed) at random moments.
 * On Windows nothing can be stopped, so they are killed only.
 */
export class Herd {
  private readonly members = new Set<ChildProcess>();
  private readonly timers = new Set<NodeJS.Timeout>();
  private killed = 0;
  private stopped = 0;
  private over = false;
  /** Why a process ended that nobody killed. */
  readonly failures: string[] = [];

  constructor(
    private readonly program: string,
    private readonly args: readonly string[],
  ) {}

  get counts(): HerdCounts {
    return { killed: this.killed, stopped: this.stopped };
  }

  get size(): number {
    return this.members.size;
  }

  add(): void {
    const child = spawn(process.execPath, [this.program, ...this.args], { stdio: ['ignore', 'ignore', 'pipe'] });
    let errors = '';
    child.stderr.on('data', (text: Buffer) => (errors += text.toString()));
    child.on('exit', (code, signal) => {
      this.members.delete(child);
      if (code !== 0 && signal !== 'SIGKILL') {
        this.failures.push(`exit code ${String(code)} ${String(signal)} ${errors}`);
      }
    });
    this.members.add(child);
  }

  kill(): void {
    const child = this.any();
    if (child !== undefined) {
      this.killed += 1;
      child.kill('SIGKILL');
      this.add();
    }
  }

  stop(milliseconds: number): void {
    const child = process.platform === 'win32' ? undefined : this.any();
    if (child === undefined) {
      return;
    }
    this.stopped += 1;
    child.kill('SIGSTOP');
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      child.kill('SIGCONT');
    }, milliseconds);
    this.timers.add(timer);
  }

  async end(): Promise<void> {
    this.over = true;
    this.timers.forEach(clearTimeout);
    const ended = [...this.members].map((child) => new Promise((resolve) => child.once('exit', resolve)));
    this.members.forEach((child) => child.kill('SIGKILL'));
    await Promise.all(ended);
  }

  private any(): ChildProcess | undefined {
    const all = [...this.members];
    return this.over ? undefined : all[Math.floor(Math.random() * all.length)];
  }
}
