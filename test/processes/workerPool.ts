import { spawn, type ChildProcess } from 'node:child_process';

export interface WorkerCounts {
  readonly killed: number;
  readonly suspended: number;
}

/**
 * Operating-system processes of one program that are killed (and replaced) and suspended (and resumed) at random moments.
 * On Windows a process cannot be suspended, so there they are only killed.
 */
export class WorkerPool {
  private readonly workers = new Set<ChildProcess>();
  private readonly timers = new Set<NodeJS.Timeout>();
  private killed = 0;
  private suspended = 0;
  private isClosed = false;
  /** Why a process ended that was not killed here. */
  readonly failures: string[] = [];

  constructor(
    private readonly program: string,
    private readonly args: readonly string[],
  ) {}

  get counts(): WorkerCounts {
    return { killed: this.killed, suspended: this.suspended };
  }

  get size(): number {
    return this.workers.size;
  }

  add(): void {
    const child = spawn(process.execPath, [this.program, ...this.args], { stdio: ['ignore', 'ignore', 'pipe'] });
    let errors = '';
    child.stderr.on('data', (text: Buffer) => (errors += text.toString()));
    child.on('exit', (code, signal) => {
      this.workers.delete(child);
      if (code !== 0 && signal !== 'SIGKILL') {
        this.failures.push(`exit code ${String(code)} ${String(signal)} ${errors}`);
      }
    });
    this.workers.add(child);
  }

  kill(): void {
    const child = this.any();
    if (child !== undefined) {
      this.killed += 1;
      child.kill('SIGKILL');
      this.add();
    }
  }

  suspend(milliseconds: number): void {
    const child = process.platform === 'win32' ? undefined : this.any();
    if (child === undefined) {
      return;
    }
    this.suspended += 1;
    child.kill('SIGSTOP');
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      child.kill('SIGCONT');
    }, milliseconds);
    this.timers.add(timer);
  }

  async close(): Promise<void> {
    this.isClosed = true;
    this.timers.forEach(clearTimeout);
    const exits = [...this.workers].map((child) => new Promise((resolve) => child.once('exit', resolve)));
    this.workers.forEach((child) => child.kill('SIGKILL'));
    await Promise.all(exits);
  }

  private any(): ChildProcess | undefined {
    const all = [...this.workers];
    return this.isClosed ? undefined : all[Math.floor(Math.random() * all.length)];
  }
}
