import { within, type Clock } from '../base/clock';
import type { Log } from '../base/log';
import type { Random } from '../base/random';
import { isReleased, lease } from './lease';
import type { HeldLock, Lock } from './lock';
import { fileNameOf, lastNumber, lockName, newestNumber, numberOf } from './lockFileNames';
import type { LockFolder } from './lockFolder';
import { defaultTiming, momentOf } from './lockTiming';
import { neverLost } from './noLock';
import { removeOldFiles } from './removeOldFiles';
import { Wait } from './wait';

/**
 * A lock as numbered files: `document.17` is the file of the 17th holder of the lock `document`. The file with the
 * highest number belongs to the current holder. Creating the next file takes the lock, and only one window can create
 * it. So taking over from a dead holder is the same single step as taking a free lock, the file of a holder is never
 * removed, and a holder that was suspended, or that lost the lock because it kept it too long, sees a higher number
 * than its own.
 */
export class FileLock implements Lock {
  private warned = false;

  constructor(
    private readonly folder: LockFolder,
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly log: Log,
    private readonly timing = defaultTiming,
  ) {}

  async acquire(name: string, timeout: number): Promise<HeldLock> {
    const lock = lockName(name);
    const wait = new Wait(timeout, this.timing);
    try {
      while (wait.total < 2 * this.timing.longestWait) {
        const held = await this.attempt(lock, wait);
        if (held !== undefined) {
          return held;
        }
        wait.add(await this.pause());
      }
      this.warnOnce(undefined);
    } catch (error) {
      this.warnOnce(error);
    }
    return neverLost;
  }

  private async attempt(lock: string, wait: Wait): Promise<HeldLock | undefined> {
    const known = await this.folder.list();
    const newest = Math.max(newestNumber(known, lock), wait.unlisted);
    let wasAbandoned = false;
    if (newest > 0) {
      const asked = momentOf(this.clock); // before the call: time in which this window is suspended does not count
      const touchedAt = await this.folder.touchedAt(fileNameOf(lock, newest));
      if (!wait.mayTake(newest, touchedAt, asked)) {
        return undefined;
      }
      wasAbandoned = touchedAt !== undefined && !isReleased(touchedAt, asked.now);
    }
    if (newest >= lastNumber) {
      await this.startOver(known, lock);
      return undefined;
    }
    const held = await this.take(lock, newest + 1, wait);
    return held === undefined || !wasAbandoned ? held : { ...held, wasAbandoned };
  }

  private async take(lock: string, number: number, wait: Wait): Promise<HeldLock | undefined> {
    const { folder, clock, random, timing } = this;
    const file = fileNameOf(lock, number);
    const since = momentOf(clock);
    if (!(await folder.create(file, `${process.pid} ${since.now}`, since.now))) {
      wait.unlisted = number; // usually another window was faster
      return undefined;
    }
    const names = await folder.list();
    if (newestNumber(names, lock) !== number) {
      await folder.remove(file); // an old number, free again because its file was removed long ago
      return undefined;
    }
    await removeOldFiles({ folder, clock, random }, names, lock, number);
    return lease({
      touch: (time) => folder.touch(file, time),
      isNewest: async () => newestNumber(await folder.list(), lock) === number,
      clock,
      since,
      timing,
    });
  }

  /** No lock reaches the last number by itself: another program created a file of that name. */
  private async startOver(names: readonly string[], lock: string): Promise<void> {
    await Promise.all(names.filter((name) => numberOf(name, lock) > 0).map((name) => this.folder.remove(name)));
    if (newestNumber(await this.folder.list(), lock) >= lastNumber) {
      throw new Error('the last lock file cannot be removed');
    }
  }

  /** Returns the intended length: time in which this window was suspended does not count as waiting. */
  private async pause(): Promise<number> {
    const never = new Promise<void>(() => undefined);
    const milliseconds = this.timing.pollEvery * (0.5 + this.random.fraction());
    await within(this.clock, milliseconds, never, () => undefined);
    return milliseconds;
  }

  private warnOnce(error: unknown): void {
    if (!this.warned) {
      this.warned = true;
      const nodeCode = error instanceof Error && 'code' in error ? String(error.code) : undefined;
      this.log.warn(
        'lock: files cannot be made in the storage folder, so windows do not wait for each other',
        nodeCode === undefined ? {} : { nodeCode },
      );
    }
  }
}
