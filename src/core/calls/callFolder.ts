import { once } from '../base/once';

/** What limits need of a folder that all windows of the machine share. `base/sharedFolder` implements it on disk. */
export interface CallFolder {
  /** The names of all files. */
  list(): Promise<readonly string[]>;
  /**
   * Makes a file. False where there is one of that name: of several callers, one succeeds.
   *
   * @param time when it counts as modified: a file server has its own clock
   */
  create(name: string, content: string, time: number): Promise<boolean>;
  /** When the file was last modified, milliseconds since 1970; undefined where there is none. */
  touchedAt(name: string): Promise<number | undefined>;
  remove(name: string): Promise<void>;
}

/** The folder of the limits that all windows share. Its code is loaded by the first token call. */
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
