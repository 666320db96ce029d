import type { LocalProxyParts, LocalProxyStatus } from '../localProxy';
import type { SharedState } from '../sharedState';
import type { ListenerWatch } from './listenerWatch';
import { isTaken, withoutListener, type Seat } from './seat';

/** In which of its looks a window touches the file, if that is up to it. */
const touchInLook = 2;

/** What a look found, and left behind. */
export interface Outcome {
  readonly state: SharedState;
  readonly status: LocalProxyStatus;
}

/**
 * What a window does once a second while it follows the proxy. It binds the port of the file if it can. Another port is
 * taken under the lock of the file only, so that two windows never listen on two ports.
 */
export class Look {
  private count = 0;

  constructor(
    private readonly parts: Pick<LocalProxyParts, 'state' | 'mayListen' | 'wantedPort'>,
    private readonly seat: Seat,
    private readonly watch: ListenerWatch,
  ) {}

  /** The user has started the proxy. If another window listens, that goes on. */
  async start(account: string | undefined, agreed: 'now' | 'before'): Promise<Outcome> {
    const { state: file } = this.parts;
    const state = await file.change(async (before) => {
      if (agreed === 'before' && !before.agreed) {
        return before;
      }
      this.watch.see(before, await file.touchedAt());
      const started = { ...before, agreed: true, wanted: true, account: account ?? before.account };
      const isOccupied = before.wanted && this.isThere && this.seat.port === undefined;
      return isOccupied ? started : await this.seat.takeAny(started);
    });
    return this.outcome(state);
  }

  async now(before: LocalProxyStatus): Promise<Outcome> {
    const { state: file, mayListen } = this.parts;
    const state = await file.read();
    this.watch.see(state, await file.touchedAt());
    this.count += 1;
    if (!state.wanted) {
      return this.outcome(state);
    }
    const { port } = this.seat;
    if (port !== undefined && (port !== (state.port ?? port) || !mayListen())) {
      this.seat.leave(); // another window moved to another port while this one was suspended
    }
    if (this.seat.port === undefined) {
      return mayListen() ? await this.follow(state, before) : await this.onlyFollow(state);
    }
    return await this.lead(state, this.seat.port);
  }

  /** This window closes. Its process may go on, when the extension is disabled. If the window reloads, it joins again. */
  async leave(): Promise<void> {
    const { state: file } = this.parts;
    await file.change((now) => (now.listener?.id === this.seat.me.id ? withoutListener(now) : now));
    await file.touch();
  }

  private async lead(state: SharedState, port: number): Promise<Outcome> {
    if (this.seat.isMisplaced) {
      return await this.settle(state);
    }
    if (!this.seat.isOf(state)) {
      return await this.claim(port);
    }
    await this.touch();
    return this.outcome(state);
  }

  private async follow(state: SharedState, before: LocalProxyStatus): Promise<Outcome> {
    const { port } = state;
    if (port === undefined) {
      return await this.settle(state);
    }
    const failure = await this.seat.take(port);
    if (failure === undefined) {
      return await this.claim(port);
    }
    const { other } = this.watch;
    if (other === 'alive') {
      return { state, status: { kind: 'elsewhere', port } };
    }
    if (other === 'stuck') {
      return { state, status: { kind: 'portTaken', port, stuck: true } };
    }
    if (!isTaken(failure) || other === 'unknown') {
      const isOpen = other === 'unknown' && before.kind !== 'off';
      return { state: await this.standBy(state), status: isOpen ? before : { kind: 'waiting', port } };
    }
    if (this.parts.wantedPort() !== port) {
      return await this.settle(state);
    }
    this.seat.exposedOn = port;
    return { state: await this.standBy(state), status: { kind: 'portTaken', port } };
  }

  /** This window may not listen. */
  private async onlyFollow(state: SharedState): Promise<Outcome> {
    const { port = 0 } = state;
    return this.isThere
      ? { state, status: { kind: 'elsewhere', port } }
      : { state: await this.standBy(state), status: { kind: 'waiting', port } };
  }

  private get isThere(): boolean {
    return this.watch.other === 'alive' || this.watch.other === 'stuck';
  }

  /** No window listens. This one keeps the file fresh, so that windows that open take part. */
  private async standBy(state: SharedState): Promise<SharedState> {
    const { listener } = state;
    if (listener === undefined) {
      await this.touch();
      return state;
    }
    return await this.parts.state.change((now) => (now.listener?.id === listener.id ? withoutListener(now) : now));
  }

  private async touch(): Promise<void> {
    await (this.count % touchInLook === 0 ? this.parts.state.touch() : undefined);
  }

  /** This window has bound the port of the file. */
  private async claim(port: number): Promise<Outcome> {
    const { me } = this.seat;
    const state = await this.parts.state.change((now) =>
      now.wanted && (now.port ?? port) === port ? { ...now, port, listener: me } : now,
    );
    return this.outcome(state);
  }

  /** Listens on the port on which this window should, unless another one was faster. */
  private async settle(seen: SharedState): Promise<Outcome> {
    const state = await this.parts.state.change(async (now) =>
      now.wanted && now.port === seen.port && now.listener?.id === seen.listener?.id
        ? await this.seat.takeAny(now)
        : now,
    );
    return this.outcome(state);
  }

  private outcome(state: SharedState): Outcome {
    if (!state.wanted) {
      return { state, status: { kind: 'off' } };
    }
    if (!this.seat.isOf(state)) {
      this.seat.leave();
    }
    return { state, status: this.seat.statusIn(state) };
  }
}
