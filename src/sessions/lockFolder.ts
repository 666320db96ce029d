import { mkdir, readdir, stat, unlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isObject } from '../oauth/json';
import type { LockFolder } from './fileLock';

/**
 * Files that all windows see, on disk. Creating exclusively is atomic on every file system that VS Code keeps its
 * storage on. `node:sqlite` or a socket would be freed by the system when a process dies, but not when it hangs or is
 * stopped, and Node 20 has no SQLite: one way that also covers those is enough.
 */
export function lockFolder(folder: string): LockFolder {
  return {
    async list() {
      try {
        return await readdir(folder);
      } catch (error) {
        if (!isCode(error, 'ENOENT')) {
          throw error;
        }
        await mkdir(folder, { recursive: true });
        return [];
      }
    },
    async create(name, content) {
      const create = (): Promise<void> => writeFile(join(folder, name), content, { flag: 'wx', mode: 0o600 });
      try {
        await create().catch(async (error: unknown) => {
          if (!isCode(error, 'ENOENT')) {
            throw error;
          }
          await mkdir(folder, { recursive: true }); // removed since the last look, by an uninstall
          await create();
        });
        return true;
      } catch (error) {
        if (isCode(error, 'EEXIST')) {
          return false;
        }
        throw error;
      }
    },
    async touchedAt(name) {
      try {
        return (await stat(join(folder, name))).mtimeMs;
      } catch (error) {
        if (isCode(error, 'ENOENT')) {
          return undefined;
        }
        throw error;
      }
    },
    async touch(name, time) {
      await utimes(join(folder, name), time / 1000, time / 1000);
    },
    async remove(name) {
      try {
        await unlink(join(folder, name));
      } catch {
        // somebody else was faster, or has it open; it costs nothing where it is
      }
    },
  };
}

function isCode(error: unknown, code: string): boolean {
  return isObject(error) && error['code'] === code;
}
