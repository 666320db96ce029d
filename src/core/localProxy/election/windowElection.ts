import { randomUUID } from 'node:crypto';
import type { Cancel } from '../../base/clock';
import { Emitter, type Unsubscribe } from '../../base/emitter';
import { Failure } from '../../base/failure';
import { SerialQueue } from '../../base/serialQueue';
import type { LocalProxy, LocalProxyParts, LocalProxyStatus } from '../localProxy';
import { portFailure } from '../portFailure';
import { neverStarted, type SharedState } from '../sharedState';
import { ListenerWatch } from './listenerWatch';
import { Look, type Outcome } from './look';
import { OwnServer } from './ownServer';
import { processes as machine } from './processes';
import { Seat } from './seat';
import { isSameState } from './stateText';

/** How often a window that follows the proxy looks (milliseconds). */
const lookEvery = 1_000;
/** How long requests in progress may take when this window closes (milliseconds). */
const grace = 3_000;
/** A window that opens joins only if another followed the proxy this recently (milliseconds). */
const joinWithin = 30_000;

/**
 * Decides with the other windows which one listens. Who can bind the port does: the operating system takes it away from a
 * window that dies, and never gives it to two. So each window that follows the proxy tries to bind once a second. In a
 * window for which it is off, no timer runs.
 */
export class WindowElection implements LocalProxy {
  readonly onDidChange: (listener: () => void) => Unsubscribe;
  private readonly changed: Emitter<void>;
  private readonly queue = new SerialQueue();
  private readonly own: OwnServer;
  private readonly seat: Seat;
  private readonly watch: ListenerWatch;
  private readonly looks: Look;
  private known = neverStarted;
  private current: LocalProxyStatus = { kind: 'off' };
  private isClosed = false;
  private hasFailed = false;
  private cancelLook: Cancel | undefined;

  constructor(private readonly parts: LocalProxyParts) {
    this.changed = new Emitter(() => {
      parts.log.warn('local proxy: a listener failed');
    });
    this.onDidChange = this.changed.on;
    const { processes = machine } = parts;
    const me = { id: randomUUID(), pid: processes.own };
    this.own = new OwnServer(parts.listen, parts.clock);
    this.watch = new ListenerWatch(me.id, parts.clock, processes);
    this.seat = new Seat(this.own, me, parts.wantedPort);
    this.looks = new Look(parts, this.seat, this.watch);
  }

  get status(): LocalProxyStatus {
    return this.current;
  }

  get shared(): SharedState {
    return this.known;
  }

  async join(): Promise<void> {
    await this.run(async () => {
      const state = await this.parts.state.read();
      const age = await this.parts.state.age();
      const isFollowed = state.wanted && age !== undefined && Math.abs(age) <= joinWithin;
      return this.isFollowing || isFollowed ? await this.looks.now(this.current) : { state, status: { kind: 'off' } };
    });
  }

  async start(account: string | undefined, agreed: 'now' | 'before' = 'now'): Promise<void> {
    if (!this.parts.mayListen()) {
      throw new Failure('workspaceNotTrusted');
    }
    await this.run(async () => await this.looks.now((await this.looks.start(account, agreed)).status));
    const { failure } = this.seat;
    if (this.current.kind === 'portTaken') {
      throw portFailure(this.current);
    }
    if (this.current.kind === 'waiting' && failure !== undefined) {
      throw failure;
    }
  }

  async stop(): Promise<void> {
    const stopped = ({ port, account }: SharedState): SharedState => ({ agreed: false, wanted: false, port, account });
    this.own.close(0); // before it waits for the lock
    await this.run(async () => {
      const off = { kind: 'off' } as const;
      try {
        return { state: await this.parts.state.change(stopped), status: off };
      } catch (error) {
        this.know({ state: stopped(this.known), status: off });
        throw error;
      }
    });
  }

  async useAccount(account: string | undefined): Promise<void> {
    await this.run(async () => {
      const isUsed = this.isFollowing && account !== undefined;
      const state = isUsed ? await this.parts.state.change((before) => ({ ...before, account })) : this.known;
      return { state, status: this.current };
    });
  }

  endConnections(): void {
    this.own.endConnections();
    this.seat.exposedOn = undefined;
    if (this.current.kind === 'here') {
      this.know({ state: this.known, status: this.seat.statusIn(this.known) });
    }
  }

  async close(): Promise<void> {
    this.cancelLook?.();
    const ended = this.own.end(grace);
    const left = this.isFollowing ? this.looks.leave() : undefined;
    this.know({ state: this.known, status: { kind: 'off' } });
    this.isClosed = true;
    await Promise.all([ended, left]);
  }

  private get isFollowing(): boolean {
    return this.current.kind !== 'off';
  }

  /** One at a time; then looks again in a second, if this window follows the proxy. */
  private async run(work: () => Promise<Outcome>): Promise<void> {
    await this.queue.run(async () => {
      try {
        await (this.isClosed ? undefined : work().then(this.know));
      } finally {
        this.cancelLook?.();
        const isOver = this.isClosed || !this.isFollowing;
        if (isOver) this.own.close(0); // a failed attempt may have opened a server that nobody would look after
        this.cancelLook = isOver ? undefined : this.parts.clock.after(lookEvery, this.lookAgain);
      }
    });
  }

  private readonly lookAgain = (): void => {
    this.run(() => this.looks.now(this.current)).then(
      () => {
        this.hasFailed = false;
      },
      () => {
        if (!this.hasFailed) {
          this.hasFailed = true; // it may fail each second from now on
          this.parts.log.warn('local proxy: not looked after');
        }
      },
    );
  };

  private readonly know = ({ state, status }: Outcome): void => {
    if (status.kind === 'off') {
      this.own.close(0);
      this.watch.reset();
    }
    const isKnown = isSameState(state, this.known) && JSON.stringify(status) === JSON.stringify(this.current);
    if (isKnown || this.isClosed) {
      return;
    }
    if (status.kind !== this.current.kind) {
      this.parts.log.info(`local proxy: ${events[status.kind]}`);
    }
    this.known = state;
    this.current = status;
    this.changed.emit();
  };
}

const events: Readonly<Record<LocalProxyStatus['kind'], string>> = {
  off: 'off',
  here: 'listens in this window',
  elsewhere: 'listens in another window',
  portTaken: 'port taken',
  waiting: 'no window may listen',
};
