import type { Cancel, Clock } from './clock';
import type { LockTiming } from './fileLock';
import type { HeldLock } from './ports';

/** Touched with a time this far in the past, a lock is free at once (milliseconds). */
const longAgo = 3_600_000;

export interface LeaseParts {
  readonly touch: (time: number) => Promise<void>;
  /** Whether nobody has taken the lock since. */
  readonly isLastTurn: () => Promise<boolean>;
  readonly clock: Clock;
  /** The moment before the lock was taken, milliseconds since 1970. */
  readonly since: number;
  readonly timing: Pick<LockTiming, 'touchEvery' | 'leaseLife'>;
}

/**
 * Keeps a lock that was just taken. A holder that was stopped, or asleep, or too busy to touch it in time has lost it
 * for good, whether or not somebody took it: it stops touching, so that no waiter and no holder both think they have it.
 *
 * What is left is a process that is stopped in the instant between asking `isHeld` and writing, for over a second; the
 * readings around each write catch what it does.
 */
export function lease({ touch, isLastTurn, clock, since, timing }: LeaseParts): HeldLock {
  let touchedAt = since;
  let isOver = false;
  let touching: Promise<void> = Promise.resolve();
  let cancel: Cancel = () => undefined;

  const isInTime = (): boolean => {
    isOver ||= Math.abs(clock.now() - touchedAt) >= timing.leaseLife;
    return !isOver;
  };
  const touchNow = async (): Promise<void> => {
    if (!isInTime()) {
      return;
    }
    const now = clock.now();
    try {
      await touch(now);
      touchedAt = now;
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
