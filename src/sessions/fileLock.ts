import { lease } from './lease';
import { within, type Clock } from './clock';
import type { HeldLock, Lock, Log, Random } from './ports';

/** What a lock needs of a folder that all windows share. Implemented on disk in `lockFolder.ts`. */
export interface LockFolder {
  /** The names of all files. */
  list(): Promise<readonly string[]>;
  /** Makes a file, modified now. False where there is one of that name: of several that try, one succeeds. */
  create(name: string, content: string): Promise<boolean>;
  /** When the file was last touched, milliseconds since 1970; undefined where it is gone. */
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
  /** A lock that was not touched for so long is free: its holder is dead or has overslept. */
  readonly staleAfter: number;
  /** Waiters look again after about this long. */
  readonly lookAgain: number;
}

/** By both clocks: one can be set, the other may leave out the time that the machine slept. */
export interface Moment {
  readonly now: number;
  readonly steady: number;
}

const usualTiming: LockTiming = { touchEvery: 1_000, leaseLife: 3_000, staleAfter: 4_000, lookAgain: 100 };

/** Turns whose files are kept, so that a slow reader of the folder always finds the newest. */
const keptTurns = 16;

/**
 * A lock as a row of numbered turns: `document.17` is the 17th turn of the lock `document`. The highest number is the
 * turn that counts; making the next file takes the lock, and only one can. So taking over from a dead holder is the
 * same single step as taking a free lock, no file is ever taken away from under anybody, and a holder that slept sees a
 * higher number than its own.
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

  async acquire(name: string, patience: number): Promise<HeldLock | undefined> {
    const lock = name.replace(/[^\w-]/g, '_');
    const watched = new Watched(this.timing.staleAfter);
    try {
      do {
        const held = await this.attempt(lock, watched);
        if (held !== undefined) {
          return held;
        }
        watched.waited += await this.pause();
      } while (watched.waited < patience);
      return undefined;
    } catch {
      this.warnOnce();
      return everybodysTurn;
    }
  }

  private async attempt(lock: string, watched: Watched): Promise<HeldLock | undefined> {
    const last = lastTurn(await this.folder.list(), lock);
    if (last > 0) {
      const asked = this.moment(); // before the answer: whoever sleeps over it must not count the sleep
      const touchedAt = await this.folder.touchedAt(`${lock}.${last}`);
      if (touchedAt === undefined || !watched.isStale(last, touchedAt, asked)) {
        return undefined;
      }
    }
    const turn = last + 1;
    const mine = `${lock}.${turn}`;
    const since = this.moment();
    if (!(await this.folder.create(mine, `${process.pid} ${since.now}`))) {
      return undefined;
    }
    const names = await this.folder.list();
    if (lastTurn(names, lock) !== turn) {
      await this.folder.remove(mine); // an old number, free again because its file was cleared away long ago
      return undefined;
    }
    await this.clearAway(names, lock, turn);
    return lease({
      touch: (time) => this.folder.touch(mine, time),
      isLastTurn: async () => lastTurn(await this.folder.list(), lock) === turn,
      clock: this.clock,
      since,
      timing: this.timing,
    });
  }

  private async clearAway(names: readonly string[], lock: string, turn: number): Promise<void> {
    const old = names.filter((name) => {
      const number = turnOf(name, lock);
      return number > 0 && number <= turn - keptTurns;
    });
    await Promise.all(old.map((name) => this.folder.remove(name)));
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

  private warnOnce(): void {
    if (!this.warned) {
      this.warned = true;
      this.log.warn('lock: the storage folder cannot be written, windows do not take turns');
    }
  }
}

/** For where there is no folder: one window, or windows that cannot take turns. */
export const everybodysTurn: HeldLock = { isHeld: () => Promise.resolve(true), release: () => Promise.resolve() };
export const noLock: Lock = { acquire: () => Promise.resolve(everybodysTurn) };

/** Whether the last turn is over. A time in the future (the clock was set back) counts by how long it stands still. */
class Watched {
  private turn = 0;
  private touchedAt = 0;
  private since = 0;

  /** Milliseconds that were waited for the turn that is now. */
  waited = 0;

  constructor(private readonly staleAfter: number) {}

  isStale(turn: number, touchedAt: number, { now, steady }: Moment): boolean {
    if (turn !== this.turn) {
      this.waited = 0;
    }
    if (turn !== this.turn || touchedAt !== this.touchedAt) {
      this.turn = turn;
      this.touchedAt = touchedAt;
      this.since = steady;
    }
    return now - touchedAt > this.staleAfter || steady - this.since > this.staleAfter;
  }
}

function lastTurn(names: readonly string[], lock: string): number {
  return names.reduce((highest, name) => Math.max(highest, turnOf(name, lock)), 0);
}

/** 0 for a file of another lock. */
function turnOf(name: string, lock: string): number {
  const number = name.startsWith(`${lock}.`) ? Number(name.slice(lock.length + 1)) : 0;
  return Number.isSafeInteger(number) && number > 0 ? number : 0;
}
