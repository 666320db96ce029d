import { spawn, type ChildProcess } from 'node:child_process';
import type { Order, Report } from './proxyWorker';

/** An operating-system process that has the local proxy of a window. */
export class ProxyWindow {
  private readonly child: ChildProcess;
  private readonly waiting = new Map<number, (report: Report) => void>();
  private orders = 0;
  /** What it wrote before it died on its own. */
  errors = '';

  constructor(program: string, folder: string, port: number, account: string) {
    this.child = spawn(process.execPath, [program, folder, String(port), account], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.child.stderr?.on('data', (text: Buffer) => (this.errors += text.toString()));
    this.child.on('message', (report: Report) => {
      this.waiting.get(report.number)?.(report);
      this.waiting.delete(report.number);
    });
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  async ask(call: Order['call']): Promise<Report> {
    const number = (this.orders += 1);
    const report = new Promise<Report>((resolve) => this.waiting.set(number, resolve));
    this.child.send({ number, call } satisfies Order);
    return await report;
  }

  async kind(): Promise<string> {
    return (await this.ask('look')).status.kind;
  }

  suspend(): void {
    this.child.kill('SIGSTOP');
  }

  resume(): void {
    this.child.kill('SIGCONT');
  }

  async kill(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const exit = new Promise((resolve) => this.child.once('exit', resolve));
      this.child.kill('SIGKILL');
      await exit;
    }
  }
}
