/** Locks between the windows of one installation, by name. */
export interface Lock {
  /**
   * Waits for the lock. Where there can be none (no folder, or one that cannot be written) every caller gets it: a lock
   * saves requests, while re-reading before each write keeps the data. Never throws.
   *
   * @param timeout milliseconds after which the lock is taken away from a holder that has kept it all that time
   */
  acquire(name: string, timeout: number): Promise<HeldLock>;
}

export interface HeldLock {
  /** Asked right before each write: a window that was suspended or slow has lost the lock, and must read again first. */
  isHeld(): Promise<boolean>;
  release(): Promise<void>;
}
