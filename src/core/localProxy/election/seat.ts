import type { Failure } from '../../base/failure';
import type { LocalProxyStatus } from '../localProxy';
import type { ListeningWindow, SharedState } from '../sharedState';
import type { OwnServer } from './ownServer';

/** How long requests in progress may take when this window listens elsewhere, or no longer (milliseconds). */
const grace = 3_000;

/** The place of the window that listens, when it is this one. */
export class Seat {
  /** A port that copied addresses name, and that another program had. */
  exposedOn: number | undefined;
  /** Why it could not listen when it last tried. */
  failure: Failure | undefined;

  constructor(
    private readonly own: OwnServer,
    readonly me: ListeningWindow,
    private readonly wantedPort: () => number,
  ) {}

  /** The port on which this window listens. */
  get port(): number | undefined {
    return this.own.port;
  }

  /** Whether it listens, and on another port than the settings say. */
  get isMisplaced(): boolean {
    return this.own.port !== undefined && ![0, this.own.port].includes(this.wantedPort());
  }

  isOf({ listener }: SharedState): boolean {
    return this.own.port !== undefined && listener?.id === this.me.id;
  }

  /** Listens on this port. Returns why not. */
  async take(port: number): Promise<Failure | undefined> {
    return (this.failure = await this.own.listen(port, grace));
  }

  /** Listens on the port of the settings; if that is any, on the last one, or else on a free one. */
  async takeAny(state: SharedState): Promise<SharedState> {
    const fixed = this.wantedPort();
    for (const port of this.candidates(fixed, state.port)) {
      const failure = await this.take(port);
      if (failure === undefined) {
        break;
      }
      if (isTaken(failure) && port === state.port) {
        this.exposedOn = port;
        if (fixed === 0) {
          continue;
        }
      }
      this.leave();
      return { ...withoutListener(state), port: fixed === 0 ? state.port : fixed };
    }
    return { ...state, port: this.own.port, listener: this.me };
  }

  leave(): void {
    this.own.close(grace);
  }

  statusIn({ listener, port = 0 }: SharedState): LocalProxyStatus {
    if (this.own.port !== undefined) {
      const exposed = this.exposedOn === undefined ? {} : { exposedOn: this.exposedOn };
      return { kind: 'here', port: this.own.port, since: this.own.since, ...exposed };
    }
    if (listener !== undefined) {
      return { kind: 'elsewhere', port };
    }
    return { kind: this.failure === undefined || isTaken(this.failure) ? 'portTaken' : 'waiting', port };
  }

  private candidates(fixed: number, last: number | undefined): readonly number[] {
    if (this.own.port !== undefined && !this.isMisplaced) {
      return [];
    }
    if (fixed !== 0) {
      return [fixed];
    }
    return last === undefined ? [0] : [last, 0];
  }
}

/** Whether somebody else has the port, or it is reserved. Nothing else is a reason to take another one. */
export function isTaken({ nodeCode }: Failure): boolean {
  return nodeCode === 'EADDRINUSE' || nodeCode === 'EACCES';
}

export function withoutListener({ agreed, wanted, port, account }: SharedState): SharedState {
  return { agreed, wanted, port, account };
}
