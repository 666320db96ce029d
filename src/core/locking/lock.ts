/** Turns between the windows of one installation, by name. */
export interface Lock {
  /**
   * Waits for the lock. Where there can be none at all (no folder, or one that cannot be written) everybody gets it: a
   * lock spares requests, the readings before each write keep the data. Never throws.
   *
   * @param patience milliseconds; from one and the same holder that keeps it all that time it is taken away
   */
  acquire(name: string, patience: number): Promise<HeldLock>;
}

export interface HeldLock {
  /** Asked right before each write: who slept, or took too long, has lost the lock and must start from a new reading. */
  isHeld(): Promise<boolean>;
  release(): Promise<void>;
}
