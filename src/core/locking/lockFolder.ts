/** What a lock needs of a folder that all windows share. `base/sharedFolder` implements it on disk. */
export interface LockFolder {
  /** The names of all files, and of whatever else is there. */
  list(): Promise<readonly string[]>;
  /**
   * Makes a file. False where there is one of that name: of several callers, one succeeds.
   *
   * @param time when it counts as touched; the time of the disk where it is missing
   */
  create(name: string, content: string, time?: number): Promise<boolean>;
  /** When the file was last touched, milliseconds since 1970; undefined where that is unknown, or the file is gone. */
  touchedAt(name: string): Promise<number | undefined>;
  touch(name: string, time: number): Promise<void>;
  remove(name: string): Promise<void>;
}
