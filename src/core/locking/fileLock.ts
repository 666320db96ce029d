import { within, type Clock } from '../base/clock';
import { lease } from './lease';
import { neverLost } from './noLock';
import type { Log } from '../base/log';
import type { Random } from '../base/random';
import type { HeldLock, Lock } from './lock';
import { isLockFile, lastNumber, newestNumber, lockName, fileNameOf, numberOf } from './lockFileNames';

/** What a lock needs of a folder that all windows share. Implemented on disk in `lockFolder.ts`. */
export interface LockFolder {
  /** The names of all files, and of whatever else lies there. */
  list(): Promise<readonly string[]>;
  /**
   * Makes a file. False where there is one of that name: of several that try, one succeeds.
   *
   * @param time when it counts as touched; the time of the disk where it is missing
   */
  create(name: string, content: string, time?: number): Promise<boolean>;
  /** When the file was last touched, milliseconds since 1970; undefined where that cannot be known, or it is gone. */
  touchedAt(name: string): Promise<number | undefined>;
  touch(name: string, time: number): Promise<void>;
  remove(name: string): Promise<void>;
}

/** How long a lock outlives its holder, and how it shows that it is held (milliseconds). */
export interface LockTiming {
  /** A held lock is touched this often. */
  readonly touchEvery: number;
  /** Who has not touched for this long gives the lock up, well before others may take it. */
  readonly leaseLife: number;
  /** A lock that was not touched for so long is free: its holder is dead or was asleep. */
  readonly staleAfter: number;
  /** Waiters look again after about this long. */
  readonly lookAgain: number;
  /** Who has waited for this long, whoever had the lock meanwhile, takes it from its holder. */
  readonly longestWait: number;
}

/** By both clocks: one can be set, the other may leave out the time that the machine slept. */
export interface Moment {
  readonly now: number;
  readonly steady: number;
}

const usualTiming: LockTiming = {
  touchEvery: 1_000,
  leaseLife: 3_000,
  staleAfter: 4_000,
  lookAgain: 100,
  longestWait: 60_000,
};

/** Turns whose files are kept, so that a slow reader of the folder always finds the newest. */
const keptTurns = 16;
/** Each account has a lock of its own. In a folder of more files than this, those of old locks are removed, some a turn. */
const manyFiles = 100;
const removedAtOnce = 20;
/** No process can have kept a lock without touching it for so long (milliseconds). */
const oldLock = 24 * 3_600_000;

/**
 * A lock as a row of numbered turns: `document.17` is the 17th turn of the lock `document`. The highest number is the
 * turn that counts; making the next file takes the lock, and only one can. So taking over from a dead holder is the
 * same single step as taking a free lock, no file is ever taken away from under anybody, and a holder that slept sees a
 * higher number than its own. So does one that would not let go, and had it taken away.
 */
export class FileLock implements Lock {
  private warned = false;

  constructor(
    private readonly folder: LockFolder,
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly log: Log,
    private readonly timing = usualTiming,
  ) {}

  async acquire(name: string, patience: number): Promise<HeldLock> {
    const lock = lockName(name);
    const { staleAfter, longestWait } = this.timing;
    const watched = new Watched(staleAfter, patience, longestWait);
    try {
      while (watched.total < 2 * longestWait) {
        const held = await this.attempt(lock, watched);
        if (held !== undefined) {
          return held;
        }
        watched.hasWaited(await this.pause());
      }
      this.warnOnce(undefined);
    } catch (error) {
      this.warnOnce(error);
    }
    return neverLost;
  }

  private async attempt(lock: string, watched: Watched): Promise<HeldLock | undefined> {
    const known = await this.folder.list();
    const last = Math.max(newestNumber(known, lock), watched.unlisted);
    if (last > 0) {
      const asked = this.moment(); // before the answer: whoever sleeps over it must not count the sleep
      const touchedAt = await this.folder.touchedAt(fileNameOf(lock, last));
      if (!watched.mayTake(last, touchedAt, asked)) {
        return undefined;
      }
    }
    if (last >= lastNumber) {
      await this.beginAgain(known, lock);
      return undefined;
    }
    const turn = last + 1;
    const mine = fileNameOf(lock, turn);
    const since = this.moment();
    if (!(await this.folder.create(mine, `${process.pid} ${since.now}`, since.now))) {
      watched.unlisted = turn; // usually somebody was faster
      return undefined;
    }
    const names = await this.folder.list();
    if (newestNumber(names, lock) !== turn) {
      await this.folder.remove(mine); // an old number, free again because its file was cleared away long ago
      return undefined;
    }
    await this.clearAway(names, lock, turn);
    return lease({
      touch: (time) => this.folder.touch(mine, time),
      isNewest: async () => newestNumber(await this.folder.list(), lock) === turn,
      clock: this.clock,
      since,
      timing: this.timing,
    });
  }

  /** No turn can follow the last number, which nobody ever reaches: somebody made a file of that name. */
  private async beginAgain(names: readonly string[], lock: string): Promise<void> {
    await Promise.all(names.filter((name) => numberOf(name, lock) > 0).map((name) => this.folder.remove(name)));
    if (newestNumber(await this.folder.list(), lock) >= lastNumber) {
      throw new Error('the last turn stays');
    }
  }

  private async clearAway(names: readonly string[], lock: string, turn: number): Promise<void> {
    const old = names.filter((name) => {
      const number = numberOf(name, lock);
      return number > 0 && number <= turn - keptTurns;
    });
    await Promise.all(old.map((name) => this.folder.remove(name)));
    if (names.length > manyFiles) {
      const others = names.filter((name) => isLockFile(name) && numberOf(name, lock) === 0);
      const from = Math.floor(this.random.fraction() * Math.max(others.length - removedAtOnce, 0));
      await Promise.all(others.slice(from, from + removedAtOnce).map((name) => this.removeIfOld(name)));
    }
  }

  private async removeIfOld(name: string): Promise<void> {
    const touchedAt = await this.folder.touchedAt(name);
    if (touchedAt !== undefined && this.clock.now() - touchedAt > oldLock) {
      await this.folder.remove(name);
    }
  }

  /** Returns how long it was meant to last: time in which this window slept is no time that it waited. */
  private async pause(): Promise<number> {
    const never = new Promise<void>(() => undefined);
    const milliseconds = this.timing.lookAgain * (0.5 + this.random.fraction());
    await within(this.clock, milliseconds, never, () => undefined);
    return milliseconds;
  }

  private moment(): Moment {
    return { now: this.clock.now(), steady: this.clock.steady() };
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

/** Whether the last turn is over. A time in the future (the clock was set back) counts by how long it stands still. */
class Watched {
  private turn = 0;
  private touchedAt: number | undefined;
  private since = 0;
  private waited = 0;

  /** Milliseconds that were waited in all. */
  total = 0;
  /** A turn whose file could not be made, because it is there. */
  unlisted = 0;

  constructor(
    private readonly staleAfter: number,
    private readonly patience: number,
    private readonly longestWait: number,
  ) {}

  /** Somebody else has the lock. */
  hasWaited(milliseconds: number): void {
    this.waited += milliseconds;
    this.total += milliseconds;
  }

  mayTake(turn: number, touchedAt: number | undefined, { now, steady }: Moment): boolean {
    if (turn !== this.turn) {
      this.waited = 0;
    }
    if (turn !== this.turn || touchedAt !== this.touchedAt) {
      this.turn = turn;
      this.touchedAt = touchedAt;
      this.since = steady;
    }
    const isStale = now - (touchedAt ?? now) > this.staleAfter || steady - this.since > this.staleAfter;
    return isStale || this.waited >= this.patience || this.total >= this.longestWait;
  }
}
