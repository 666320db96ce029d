import { within, type Clock } from '../base/clock';
import { Failure } from '../base/failure';
import type { Log } from '../base/log';
import type { CallFolder } from './callFolder';
import { isFromFuture, keptFor, nameOf, remaining, removeOld, takePermit, waitsIn } from './limitFiles';
import { longestPatience, longestRetryAfter } from './serverWait';

/** Token calls of the machine in a second. Reltio's page "Token API request limit" allows ten in all. */
const callsPerSecond = 5;
const second = 1_000;

/** A folder that does not answer within this time, as on a share that hangs, counts as none (milliseconds). */
const folderLimit = 1_000;

/** Both in milliseconds since 1970. */
interface NotedWait {
  readonly until: number;
  readonly notedAt: number;
}

/**
 * How often the windows of this machine, all together, may call, and for how long an identity server wants no calls. Making
 * a file is one atomic step, so no lock is needed. Where there is no folder, or it cannot be written, each window counts its
 * own calls.
 */
export class CallLimits {
  private readonly takenAt = new Map<string, number>();
  private readonly waits = new Map<string, NotedWait>();
  private warned = false;

  constructor(
    private readonly folder: CallFolder | undefined,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /**
   * Takes the permit for something that may be done once in so many milliseconds.
   *
   * @param id of the session that it is about, if any
   * @returns 0 where the permit was taken, else the milliseconds until it can be
   */
  async take(kind: 'pace' | 'refresh' | 'rejected', period: number, id = ''): Promise<number> {
    const name = nameOf(kind, id);
    const now = this.clock.now();
    const wait = remaining(this.takenAt.get(name), period, now);
    if (wait > 0) {
      return wait;
    }
    this.forget(now);
    this.takenAt.set(name, now);
    const elsewhere = await this.inFolder((folder) => takePermit(folder, name, period, now), 0);
    if (elsewhere > 0) {
      this.takenAt.set(name, now + elsewhere - period);
    }
    return elsewhere;
  }

  /**
   * Takes the permit for one token call. Five lanes that may each be used once a second make five calls in any second.
   *
   * @returns 0 where the permit was taken, else the milliseconds until it can be
   */
  async pace(): Promise<number> {
    let shortest = second;
    for (let lane = 0; lane < callsPerSecond; lane += 1) {
      const wait = await this.take('pace', second, String(lane));
      if (wait === 0) {
        return 0;
      }
      shortest = Math.min(shortest, wait);
    }
    return shortest;
  }

  /** Notes for all windows that a server wants no token request before `until`. */
  async noteWait(identityServer: string, until: number): Promise<void> {
    const name = nameOf('wait', identityServer);
    const notedAt = this.clock.now();
    this.waits.set(name, { until, notedAt });
    await this.inFolder((folder) => folder.create(`${name}.${until}`, '', notedAt), false);
  }

  /**
   * Milliseconds for which this server wants no token request; 0 where it may be called.
   *
   * @throws {Failure} `rateLimited`, with the time at which it may be called, where that is longer than `patience`
   */
  async patienceFor(identityServer: string, patience = longestPatience): Promise<number> {
    const wait = await this.waitFor(identityServer);
    if (wait > patience) {
      const { host } = new URL(identityServer);
      throw new Failure('rateLimited', { host, retryAfterMs: wait, retryAt: this.clock.now() + wait });
    }
    return wait;
  }

  private async waitFor(identityServer: string): Promise<number> {
    const name = nameOf('wait', identityServer);
    const names = await this.inFolder((folder) => folder.list(), []);
    const now = this.clock.now();
    void this.inFolder((folder) => removeOld(folder, names, now), undefined);
    const here = this.waits.get(name);
    if (here !== undefined && isFromFuture(here.notedAt, now)) {
      this.waits.delete(name);
    }
    const elsewhere = await this.inFolder((folder) => waitsIn(folder, names, name, now), []);
    return [this.waits.get(name)?.until ?? 0, ...elsewhere].reduce((longest, until) => {
      const wait = until - now;
      return wait <= longestRetryAfter ? Math.max(longest, wait) : longest;
    }, 0);
  }

  private async inFolder<T>(work: (folder: CallFolder) => Promise<T>, otherwise: T): Promise<T> {
    if (this.folder === undefined) {
      return otherwise;
    }
    try {
      return await within(this.clock, folderLimit, work(this.folder), () => {
        throw new Error('the folder hangs');
      });
    } catch {
      if (!this.warned) {
        this.warned = true;
        this.log.warn('limits: the storage folder cannot be written, each window counts its own calls');
      }
      return otherwise;
    }
  }

  private forget(now: number): void {
    for (const [name, time] of this.takenAt) {
      if (Math.abs(now - time) > keptFor) {
        this.takenAt.delete(name);
      }
    }
  }
}
