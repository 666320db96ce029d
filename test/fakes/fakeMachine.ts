import type { Clock } from '../../src/core/base/clock';
import { Failure } from '../../src/core/base/failure';
import { SerialQueue } from '../../src/core/base/serialQueue';
import { WindowElection } from '../../src/core/localProxy/election/windowElection';
import type { ProxyServer } from '../../src/core/localProxy/proxyServer';
import { neverStarted, type SharedState, type SharedStateFile } from '../../src/core/localProxy/sharedState';
import { FakeClock } from './fakeClock';
import { RecordingLog } from './recordingLog';

/** A machine with ports, processes and a file, on which windows elect the one that listens. */
export class FakeMachine {
  readonly clock = new FakeClock();
  readonly file = new FakeSharedState(this.clock);
  readonly windows: FakeWindow[] = [];
  /** Who has which port: the number of a window, or another program. */
  readonly ports = new Map<number, number | 'program' | 'reserved'>();
  /** `reltioAuth.localProxy.port`, the same in all windows. */
  setting = 0;
  /** What every attempt to listen ends with, whoever has the port. */
  failsWith: string | undefined;
  private free = 4711;

  window(mayListen = true): FakeWindow {
    const window = new FakeWindow(this, this.windows.length + 1, mayListen);
    this.windows.push(window);
    return window;
  }

  /** A window that has started the proxy, and others that have joined. */
  async started(others = 1): Promise<FakeWindow[]> {
    const first = this.window();
    await first.election.start('jane');
    for (let number = 0; number < others; number += 1) {
      await this.window().election.join();
    }
    return this.windows;
  }

  bind(port: number, window: number): number {
    const bound = port === 0 ? this.free++ : port;
    const nodeCode =
      this.failsWith ??
      (!this.ports.has(bound) ? undefined : this.ports.get(bound) === 'reserved' ? 'EACCES' : 'EADDRINUSE');
    if (nodeCode !== undefined) {
      throw new Failure('localProxyPortTaken', { port, nodeCode });
    }
    this.ports.set(bound, window);
    return bound;
  }
}

/** A process of VS Code that can be killed and suspended. */
export class FakeWindow {
  readonly log = new RecordingLog();
  readonly election: WindowElection;
  /** What happened to its servers: the port, and `+` for opened or the grace with which it was closed. */
  readonly servers: string[] = [];
  state: 'running' | 'suspended' | 'dead' = 'running';
  /** Delays each attempt to listen (milliseconds). */
  listenTakes = 0;
  events = 0;
  private readonly late: (() => void)[] = [];

  constructor(
    private readonly machine: FakeMachine,
    readonly pid: number,
    public mayListen: boolean,
  ) {
    this.election = new WindowElection({
      state: machine.file,
      listen: (port) => this.listen(port),
      wantedPort: () => machine.setting,
      mayListen: () => this.mayListen,
      processes: { own: pid, isRunning: (other) => machine.windows[other - 1]?.state !== 'dead' },
      clock: this.clock(),
      log: this.log,
    });
    this.election.onDidChange(() => (this.events += 1));
  }

  get kind(): string {
    return this.election.status.kind;
  }

  get port(): number | undefined {
    const { status } = this.election;
    return status.kind === 'off' ? undefined : status.port;
  }

  kill(): void {
    this.state = 'dead';
    for (const [port, owner] of this.machine.ports) {
      if (owner === this.pid) {
        this.machine.ports.delete(port);
      }
    }
  }

  suspend(): void {
    this.state = 'suspended';
  }

  resume(): void {
    this.state = 'running';
    this.late.splice(0).forEach((callback) => {
      callback();
    });
  }

  private clock(): Clock {
    const { clock } = this.machine;
    const call = (callback: () => void) => () => {
      if (this.state === 'suspended') {
        this.late.push(callback);
      } else if (this.state === 'running') {
        callback();
      }
    };
    return {
      now: clock.now,
      steady: clock.steady,
      after: (milliseconds, callback) => clock.after(milliseconds, call(callback)),
    };
  }

  private async listen(wanted: number): Promise<ProxyServer> {
    if (this.listenTakes > 0) {
      await new Promise<void>((resolve) => this.machine.clock.after(this.listenTakes, resolve));
    }
    const port = this.machine.bind(wanted, this.pid);
    this.servers.push(`+${port}`);
    return {
      port,
      endConnections: () => this.servers.push(`cut ${port}`),
      close: (grace) => {
        this.machine.ports.delete(port);
        this.servers.push(`-${port} ${grace}`);
        return Promise.resolve();
      },
    };
  }
}

/** The file of all windows, without a disk. */
class FakeSharedState implements SharedStateFile {
  state: SharedState = neverStarted;
  time: number | undefined;
  /** How often it was read, touched or written. */
  uses = 0;
  writes = 0;
  /** Delays each change, as a lock does that another window holds (milliseconds). */
  lockTakes = 0;
  private readonly queue = new SerialQueue();

  constructor(private readonly clock: FakeClock) {}

  read(): Promise<SharedState> {
    this.uses += 1;
    return Promise.resolve(this.state);
  }

  change(change: (state: SharedState) => SharedState | Promise<SharedState>): Promise<SharedState> {
    return this.queue.run(async () => {
      this.uses += 1;
      if (this.lockTakes > 0) {
        await new Promise<void>((resolve) => this.clock.after(this.lockTakes, resolve));
      }
      const changed = await change(this.state);
      if (JSON.stringify(changed) !== JSON.stringify(this.state)) {
        this.writes += 1;
        [this.state, this.time] = [changed, this.clock.now()];
      }
      return changed;
    });
  }

  touch(): Promise<void> {
    this.uses += 1;
    this.time = this.time === undefined ? undefined : this.clock.now();
    return Promise.resolve();
  }

  touchedAt(): Promise<number | undefined> {
    return Promise.resolve(this.time);
  }

  age(): Promise<number | undefined> {
    return Promise.resolve(this.time === undefined ? undefined : this.clock.now() - this.time);
  }

  remove(): Promise<void> {
    [this.state, this.time] = [neverStarted, undefined];
    return Promise.resolve();
  }
}
