import { lstat, lutimes, open, readdir, unlink, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf, privateFolder } from './privateFile';

/** A folder in which all windows see the same file names and times. Locks and limits are built on it. */
export interface SharedFolder {
  list(): Promise<readonly string[]>;
  create(name: string, content: string, time?: number): Promise<boolean>;
  touchedAt(name: string): Promise<number | undefined>;
  touch(name: string, time: number): Promise<void>;
  remove(name: string): Promise<void>;
}

/**
 * A shared folder on disk. Creating a file exclusively is atomic on every file system that VS Code keeps its storage
 * on. With `node:sqlite` or a socket, the system would free a lock when its process dies, but not when the process
 * hangs or is stopped, and Node 20 has no SQLite. Files cover all three cases.
 */
export function sharedFolder(folder: string): SharedFolder {
  let isPrivate: Promise<void> | undefined;
  const path = (name: string): string => join(folder, name);
  const make = (name: string): Promise<FileHandle> => open(path(name), 'wx', 0o600);
  return {
    async list() {
      await (isPrivate ??= privateFolder(folder).catch(() => undefined)); // reading the folder reports the error
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
          await privateFolder(folder); // an uninstall removed it
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
        return (await lstat(path(name))).mtimeMs; // of the link itself: its target may be anything
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
        // another window removed it, or a program has it open; a leftover file does no harm
      }
    },
  };
}

/** Only the existence of the file matters, and its content helps with debugging: a full disk may leave it empty. */
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
