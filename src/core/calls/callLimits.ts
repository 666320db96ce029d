import { createHash } from 'node:crypto';
import { Failure } from '../base/failure';
import { within, type Clock } from '../base/clock';
import type { Log } from '../base/log';

/** What limits need of a folder that all windows of the machine share; a `LockFolder` has it. */
export interface CallFolder {
  /** The names of all files. */
  list(): Promise<readonly string[]>;
  /**
   * Makes a file. False where there is one of that name: of several that try, one succeeds.
   *
   * @param time when it counts as modified: a file server has its own clock
   */
  create(name: string, content: string, time: number): Promise<boolean>;
  /** When the file was last modified, milliseconds since 1970; undefined where there is none. */
  touchedAt(name: string): Promise<number | undefined>;
  remove(name: string): Promise<void>;
}

/** Token calls of the machine in a second. Reltio allows ten in all (seed pages, "Token API request limit"). */
const callsPerSecond = 5;
const second = 1_000;

/** What a server may ask us to wait at most: no header locks anybody out for a day (milliseconds). */
export const longestRetryAfter = 300_000;

/** A wait up to this is waited for within a call (milliseconds). */
export const longestPatience = 5_000;
/** A folder that does not answer by then, as on a share that hangs, counts as none (milliseconds). */
const folderLimit = 1_000;
/** A file is removed when its time is so long over, or still so far away because the clock was set back (milliseconds). */
const keptFor = 60_000;
const furthest = longestRetryAfter + keptFor;
/** Leftovers that are removed at once: thousands of them must not hold up a call. */
const removedAtOnce = 100;

/** Both in milliseconds since 1970. */
interface Wait {
  readonly until: number;
  readonly notedAt: number;
}

/**
 * How often the windows of this machine, all together, may ask, and how long an identity server wants to be left alone.
 * Every right that is taken and every wait is an empty file, `<kind>-<hash>.<milliseconds since 1970>`; making it is one
 * atomic step, so no lock is needed. Where there is no folder, or it cannot be written, each window counts for itself.
 */
export class CallLimits {
  private readonly takenAt = new Map<string, number>();
  private readonly waits = new Map<string, Wait>();
  private warned = false;

  constructor(
    private readonly folder: CallFolder | undefined,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /**
   * Takes the right to do something that may be done once in so many milliseconds.
   *
   * @param id of the session that it is about, if any
   * @returns 0 where the right was taken, else the milliseconds until it can be
   */
  async take(kind: 'pace' | 'refresh' | 'rejected', period: number, id = ''): Promise<number> {
    const name = nameOf(kind, id);
    const now = this.clock.now();
    const wait = left(this.takenAt.get(name), period, now);
    if (wait > 0) {
      return wait;
    }
    this.forget(now);
    this.takenAt.set(name, now);
    const elsewhere = await this.inFolder((folder) => takeInFolder(folder, name, period, now), 0);
    if (elsewhere > 0) {
      this.takenAt.set(name, now + elsewhere - period);
    }
    return elsewhere;
  }

  /**
   * Takes the right to one token call. Five lanes that may each be used once a second make five calls in any second.
   *
   * @returns 0 where the right was taken, else the milliseconds until it can be
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
   * Milliseconds for which this server wants no token request; 0 where it may be asked.
   *
   * @throws {Failure} `rateLimited`, with the time at which it may be asked, where that is longer than `patience`
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
    void this.inFolder((folder) => clearAway(folder, names, now), undefined);
    const here = this.waits.get(name);
    if (here !== undefined && isFromFuture(here.notedAt, now)) {
      this.waits.delete(name);
    }
    const elsewhere = await this.inFolder((folder) => waitsInFolder(folder, names, name, now), []);
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

/** Hashed: a name tells nobody which session or server it is about, and holds no character that a disk refuses. */
function nameOf(kind: string, about: string): string {
  return `${kind}-${createHash('sha256').update(about).digest('hex').slice(0, 16)}`;
}

async function takeInFolder(folder: CallFolder, name: string, period: number, now: number): Promise<number> {
  const start = Math.floor(now / period) * period;
  for (const slot of [start, start - period]) {
    const wait = left(await folder.touchedAt(`${name}.${slot}`), period, now);
    if (wait > 0) {
      return wait;
    }
  }
  return (await folder.create(`${name}.${start}`, '', now)) ? 0 : start + period - now;
}

/** What is left of the period since then; nothing where the clock was set back by more than that. */
function left(takenAt: number | undefined, period: number, now: number): number {
  const age = takenAt === undefined ? period : now - takenAt;
  return Math.abs(age) < period ? Math.min(period - age, period) : 0;
}

/** The ends of the waits that other windows have noted. One noted in the future, before the clock was set back, is removed. */
async function waitsInFolder(
  folder: CallFolder,
  names: readonly string[],
  name: string,
  now: number,
): Promise<readonly number[]> {
  const ends: number[] = [];
  for (const file of names.filter((one) => one.startsWith(`${name}.`))) {
    const until = timeIn(file) ?? 0;
    if (until > now && isFromFuture((await folder.touchedAt(file)) ?? 0, now)) {
      await folder.remove(file);
    } else {
      ends.push(until);
    }
  }
  return ends;
}

/** The clock was set back since: what was noted then tells nothing of now. */
function isFromFuture(notedAt: number, now: number): boolean {
  return notedAt - now > second;
}

async function clearAway(folder: CallFolder, names: readonly string[], now: number): Promise<void> {
  const isOver = (name: string): boolean => {
    const time = timeIn(name);
    return time !== undefined && (time < now - keptFor || time > now + furthest);
  };
  await Promise.all(
    names
      .filter(isOver)
      .slice(0, removedAtOnce)
      .map((name) => folder.remove(name)),
  );
}

/** Undefined for a file that is none of ours: it is left alone. */
function timeIn(name: string): number | undefined {
  const time = /^[a-z]+-[\da-f]{16}\.(\d{1,15})$/.exec(name)?.[1];
  return time === undefined ? undefined : Number(time);
}
