import type { Cancel, Clock } from '../base/clock';
import type { LockTiming, Moment } from './fileLock';
import type { HeldLock } from './lock';

/**
 * Touched with a time this far in the past, a lock is free at once, also where the clock is set back by the difference of two
 * time zones; files of locks are cleared away after a day (milliseconds).
 */
const longAgo = 20 * 3_600_000;

export interface LeaseParts {
  readonly touch: (time: number) => Promise<void>;
  /** Whether nobody has taken the lock since. */
  readonly isNewest: () => Promise<boolean>;
  readonly clock: Clock;
  /** The moment before the lock was taken, by both clocks. */
  readonly since: Moment;
  readonly timing: Pick<LockTiming, 'touchEvery' | 'leaseLife'>;
}

/**
 * Keeps a lock that was just taken. A holder that was stopped, or asleep, or too busy to touch it in time has lost it
 * for good, whether or not somebody took it: it stops touching, so that no waiter and no holder both think they have it.
 *
 * What is left is a process that is stopped in the instant between asking `isHeld` and writing, for over a second; the
 * readings around each write catch what it does.
 */
export function lease({ touch, isNewest: isLastTurn, clock, since, timing }: LeaseParts): HeldLock {
  let touched = since;
  let isOver = false;
  let touching: Promise<void> = Promise.resolve();
  let cancel: Cancel = () => undefined;

  const isInTime = (): boolean => {
    // Both clocks: one can be set back, the other may leave out the time that the machine slept.
    const elapsed = Math.max(clock.now() - touched.now, clock.steady() - touched.steady);
    isOver ||= elapsed >= timing.leaseLife;
    return !isOver;
  };
  const touchNow = async (): Promise<void> => {
    if (!isInTime()) {
      return;
    }
    const moment: Moment = { now: clock.now(), steady: clock.steady() };
    try {
      await touch(moment.now);
      touched = moment;
    } catch {
      // the next touch may succeed; if none does the lock is lost in time
    }
    keep();
  };
  const keep = (): void => {
    if (isOver) {
      return;
    }
    cancel = clock.after(timing.touchEvery, () => {
      touching = touchNow();
    });
  };
  keep();

  return {
    async isHeld() {
      return isInTime() && (await isLastTurn()) && isInTime();
    },
    async release() {
      const wasMine = isInTime();
      isOver = true;
      cancel();
      await touching;
      if (wasMine) {
        await touch(clock.now() - longAgo).catch(() => undefined);
      }
    },
  };
}
