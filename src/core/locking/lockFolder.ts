/** What a lock needs from a folder that all windows share. `base/sharedFolder` implements it on disk. */
export interface LockFolder {
  /** The names of all files, and of everything else in the folder. */
  list(): Promise<readonly string[]>;
  /**
   * Creates a file. Returns false if a file of that name exists: only one of several callers succeeds.
   *
   * @param time the touch time to set; if it is missing, the disk sets its own
   */
  create(name: string, content: string, time?: number): Promise<boolean>;
  /** When the file was last touched, milliseconds since 1970; undefined if that is unknown or the file is gone. */
  touchedAt(name: string): Promise<number | undefined>;
  touch(name: string, time: number): Promise<void>;
  remove(name: string): Promise<void>;
}
