import type { Cancel, Clock } from '../base/clock';
import type { HeldLock } from './lock';
import { momentOf, type LockTiming, type Moment } from './lockTiming';

/**
 * A released lock is touched with a time this far in the past, so that it is free at once, even if the clock is set
 * back by the difference of two time zones. Less than the day after which lock files are removed (milliseconds).
 */
const longAgo = 20 * 3_600_000;

/** Whether a lock file with this touch time was released by its holder, or is so old that it does not matter any more. */
export function isReleased(touchedAt: number, now: number): boolean {
  return now - touchedAt > longAgo / 2; // the clock may have been set since
}

export interface LeaseParts {
  readonly touch: (time: number) => Promise<void>;
  /** Whether no other window has taken the lock since. */
  readonly isNewest: () => Promise<boolean>;
  readonly clock: Clock;
  /** The moment before the lock was taken. */
  readonly since: Moment;
  readonly timing: Pick<LockTiming, 'touchEvery' | 'leaseDuration'>;
}

/**
 * Keeps a lock that was just taken. A holder that was stopped, suspended or too busy to touch it in time has lost it
 * for good, whether or not another window has taken it: it stops touching, so that no waiter and no holder both believe
 * they have it.
 *
 * One case remains: a process that is stopped for over a second between checking `isHeld` and writing. The re-read
 * around each write catches that.
 */
export function lease({ touch, isNewest, clock, since, timing }: LeaseParts): HeldLock {
  let touched = since;
  let isLost = false;
  let touching: Promise<void> = Promise.resolve();
  let cancel: Cancel = () => undefined;

  const isInTime = (): boolean => {
    // Both clocks: one can be set back, the other may leave out the time that the machine slept.
    const elapsed = Math.max(clock.now() - touched.now, clock.steady() - touched.steady);
    isLost ||= elapsed >= timing.leaseDuration;
    return !isLost;
  };
  const touchNow = async (): Promise<void> => {
    if (!isInTime()) {
      return;
    }
    const moment = momentOf(clock);
    try {
      await touch(moment.now);
      touched = moment;
    } catch {
      // the next touch may succeed; if none does, the lock is lost in time
    }
    keep();
  };
  const keep = (): void => {
    if (isLost) {
      return;
    }
    cancel = clock.after(timing.touchEvery, () => {
      touching = touchNow();
    });
  };
  keep();

  return {
    async isHeld() {
      return isInTime() && (await isNewest()) && isInTime();
    },
    async release() {
      const wasHeld = isInTime();
      isLost = true;
      cancel();
      await touching;
      if (wasHeld) {
        await touch(clock.now() - longAgo).catch(() => undefined);
      }
    },
  };
}
