/** Locks between the windows of one installation, by name. */
export interface Lock {
  /**
   * Waits for the lock. Without a writable folder, every caller gets it: a lock saves requests, and re-reading before
   * each write protects the data. Never throws.
   *
   * @param timeout milliseconds after which the lock is taken away from a holder that has kept it all that time
   */
  acquire(name: string, timeout: number): Promise<HeldLock>;
}

export interface HeldLock {
  /**
   * Check this right before each write: a window that was suspended or slow has lost the lock, and must read again
   * first.
   */
  isHeld(): Promise<boolean>;
  release(): Promise<void>;
  /** Whether it was taken from a holder that never released it: that window was closed, killed or suspended. */
  readonly wasAbandoned?: boolean;
}
