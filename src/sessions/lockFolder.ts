import { lstat, lutimes, open, readdir, unlink, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { LockFolder } from './fileLock';
import { codeOf, privateFolder } from './privateFile';

/**
 * Files that all windows see, on disk. Creating exclusively is atomic on every file system that VS Code keeps its
 * storage on. `node:sqlite` or a socket would be freed by the system when a process dies, but not when it hangs or is
 * stopped, and Node 20 has no SQLite: one way that also covers those is enough.
 */
export function lockFolder(folder: string): LockFolder {
  let isPrivate: Promise<void> | undefined;
  const path = (name: string): string => join(folder, name);
  const make = (name: string): Promise<FileHandle> => open(path(name), 'wx', 0o600);
  return {
    async list() {
      await (isPrivate ??= privateFolder(folder).catch(() => undefined)); // what is wrong with it, reading it tells
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
    async create(name, time) {
      try {
        const file = await make(name).catch(async (error: unknown) => {
          if (codeOf(error) !== 'ENOENT') {
            throw error;
          }
          await privateFolder(folder); // removed since the last look, by an uninstall
          return await make(name);
        });
        await sign(file, time);
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
        return (await lstat(path(name))).mtimeMs; // of a link itself: what it points to may be anything
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
        // somebody else was faster, or has it open; it costs nothing where it is
      }
    },
  };
}

/** Whose it is, for people who look. The file alone takes the lock, so it may fail on a full disk. */
async function sign(file: FileHandle, time: number): Promise<void> {
  try {
    await file.writeFile(`${process.pid} ${time}`);
    await file.utimes(time / 1000, time / 1000); // a file server has a clock of its own
  } catch {
    // the next touch tells the time
  } finally {
    await file.close();
  }
}
