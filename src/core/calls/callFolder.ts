import { once } from '../base/once';

/**
 * What the limits need from a folder that all windows of this machine share. `base/sharedFolder` implements it on disk.
 */
export interface CallFolder {
  /** The names of all files. */
  list(): Promise<readonly string[]>;
  /**
   * Creates a file. Returns false if a file of that name exists: only one of several callers succeeds.
   *
   * @param time the modification time to set, because a file server has its own clock
   */
  create(name: string, content: string, time: number): Promise<boolean>;
  /** When the file was last modified, milliseconds since 1970; undefined if it does not exist. */
  touchedAt(name: string): Promise<number | undefined>;
  remove(name: string): Promise<void>;
}

/** The folder of the limits that all windows share. The first token call loads its code. */
export function callFolder(folder: string): CallFolder {
  const loaded = once(async (): Promise<CallFolder> => (await import('../base/sharedFolder')).sharedFolder(folder));
  return {
    list: async () => await (await loaded()).list(),
    create: async (name, content, time) => await (await loaded()).create(name, content, time),
    touchedAt: async (name) => await (await loaded()).touchedAt(name),
    remove: async (name) => {
      await (await loaded()).remove(name);
    },
  };
}
