import { lstat, lutimes, open, readdir, unlink, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf, privateFolder } from './privateFile';

/** Files whose names and times all windows see. Locks and limits are made of them. */
export interface SharedFolder {
  list(): Promise<readonly string[]>;
  create(name: string, content: string, time?: number): Promise<boolean>;
  touchedAt(name: string): Promise<number | undefined>;
  touch(name: string, time: number): Promise<void>;
  remove(name: string): Promise<void>;
}

/**
 * A shared folder on disk. Creating a file exclusively is atomic on every file system that VS Code keeps its storage on.
 * `node:sqlite` or a socket would be freed by the system when a process dies, but not when it hangs or is stopped, and
 * Node 20 has no SQLite: one way that also covers those is enough.
 */
export function sharedFolder(folder: string): SharedFolder {
  let isPrivate: Promise<void> | undefined;
  const path = (name: string): string => join(folder, name);
  const make = (name: string): Promise<FileHandle> => open(path(name), 'wx', 0o600);
  return {
    async list() {
      await (isPrivate ??= privateFolder(folder).catch(() => undefined)); // reading the folder shows what is wrong with it
      try {
        return await readdir(folder);
      } catch (error) {
        if (codeOf(error) !== 'ENOENT') {
          throw error;
        }
        await privateFolder(folder);
        return [];
      }
    },
    async create(name, content, time) {
      try {
        const file = await make(name).catch(async (error: unknown) => {
          if (codeOf(error) !== 'ENOENT') {
            throw error;
          }
          await privateFolder(folder); // an uninstall has removed it meanwhile
          return await make(name);
        });
        await fill(file, content, time);
        return true;
      } catch (error) {
        if (codeOf(error) === 'EEXIST') {
          return false;
        }
        throw error;
      }
    },
    async touchedAt(name) {
      try {
        return (await lstat(path(name))).mtimeMs; // of a link itself: its target may be anything
      } catch {
        return undefined;
      }
    },
    async touch(name, time) {
      await lutimes(path(name), time / 1000, time / 1000);
    },
    async remove(name) {
      try {
        await unlink(path(name));
      } catch {
        // another window was faster, or a program has the file open; it does no harm where it is
      }
    },
  };
}

/** The existence of the file is what counts, and its content is for people who look: a full disk may leave it empty. */
async function fill(file: FileHandle, content: string, time: number | undefined): Promise<void> {
  try {
    await file.writeFile(content);
    await (time === undefined ? undefined : file.utimes(time / 1000, time / 1000)); // a file server has its own clock
  } catch {
    // the next touch sets the time
  } finally {
    await file.close();
  }
}
