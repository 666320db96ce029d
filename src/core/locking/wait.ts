import type { LockTiming, Moment } from './lockTiming';

/**
 * One window's wait for a lock, and whether it may take the lock from its holder by now. A touch time in the future
 * (the clock was set back) is judged by how long it stays the same.
 */
export class Wait {
  private number = 0;
  private touchedAt: number | undefined;
  private unchangedSince = 0;
  private forThisHolder = 0;

  /** The whole wait, in milliseconds. */
  total = 0;
  /** The number of a file that could not be created although no listing shows it. */
  unlisted = 0;

  /** @param timeout milliseconds after which the lock is taken away from one and the same holder */
  constructor(
    private readonly timeout: number,
    private readonly timing: Pick<LockTiming, 'staleAfter' | 'longestWait'>,
  ) {}

  hasWaited(milliseconds: number): void {
    this.forThisHolder += milliseconds;
    this.total += milliseconds;
  }

  /**
   * Whether the lock is free, or its holder has had it for too long.
   *
   * @param number of the newest lock file
   */
  mayTake(number: number, touchedAt: number | undefined, { now, steady }: Moment): boolean {
    const { staleAfter, longestWait } = this.timing;
    if (number !== this.number) {
      this.forThisHolder = 0;
    }
    if (number !== this.number || touchedAt !== this.touchedAt) {
      this.number = number;
      this.touchedAt = touchedAt;
      this.unchangedSince = steady;
    }
    const isStale = now - (touchedAt ?? now) > staleAfter || steady - this.unchangedSince > staleAfter;
    return isStale || this.forThisHolder >= this.timeout || this.total >= longestWait;
  }
}
