import { within, type Clock } from '../base/clock';
import { Failure } from '../base/failure';
import type { Log } from '../base/log';
import type { CallFolder } from './callFolder';
import { isFromFuture, keptFor, nameOf, remaining, removeOld, takePermit, waitsIn } from './limitFiles';
import { longestPatience, longestRetryAfter } from './serverWait';

/** Token calls per second from this machine. Reltio's page "Token API request limit" allows ten in all. */
const callsPerSecond = 5;
const second = 1_000;

/** A folder that does not respond within this time, such as a network share that hangs, is not used (milliseconds). */
const folderLimit = 1_000;

/** Both in milliseconds since 1970. */
interface NotedWait {
  readonly until: number;
  readonly notedAt: number;
}

/**
 * Limits the token calls of all windows of this machine together, and keeps the waits that identity servers ask for.
 * Creating a file is atomic, so no lock is needed. Without a writable folder, each window counts its own calls.
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
   * Takes the permit for something that is allowed once in `period` milliseconds.
   *
   * @param id of the session or lane, if any
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
   * Takes the permit for one token call. There are five lanes, each for one call a second, so at most five calls start
   * in any second.
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

  /** Records for all windows that a server accepts no token request before `until`. */
  async noteWait(identityServer: string, until: number): Promise<void> {
    const name = nameOf('wait', identityServer);
    const notedAt = this.clock.now();
    this.waits.set(name, { until, notedAt });
    await this.inFolder((folder) => folder.create(`${name}.${until}`, '', notedAt), false);
  }

  /**
   * Milliseconds until this server accepts a token request; 0 if it may be called now.
   *
   * @throws {Failure} `rateLimited`, with the time of the next attempt, if that is more than `longest` away
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
