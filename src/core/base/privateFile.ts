import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { chmod, lstat, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isObject } from './json';
import { systemClock } from './clock';

// Windows has neither; there a link needs an administrator's right.
const { O_CREAT, O_NOFOLLOW = 0, O_NONBLOCK = 0, O_RDONLY, O_TRUNC, O_WRONLY } = constants;

/** No file of ours is longer (bytes). */
const longest = 1_000_000;
/** What was being written for longer was left by a window that died (milliseconds). */
const oldDraft = 3_600_000;
/** Windows refuses to replace a file that a virus scanner has open: how often, and after how long, to try again. */
const renaming = { tries: 4, pause: 50 } as const;

/** Makes a folder for this user alone. One that is there already becomes so. */
export async function privateFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if ((await lstat(folder)).isDirectory()) {
    await chmod(folder, 0o700).catch(() => undefined); // another user's, or a disk without modes
  }
}

/**
 * The content of a small file. Follows no link in its place, and does not wait where something else than a file is there.
 *
 * @throws what Node does, and an error without a code where it is no file of ours
 */
export async function readPrivately(path: string): Promise<Buffer> {
  const file = await open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  try {
    const status = await file.stat();
    if (!status.isFile() || status.size > longest) {
      throw new Error('not a file of ours');
    }
    return await file.readFile();
  } finally {
    await file.close();
  }
}

/**
 * Puts a file there as a whole: whoever reads it meets the old content or the new. A link in its place is replaced.
 *
 * @param sync `toDisk` for what must survive the machine losing its power
 */
export async function replacePrivately(path: string, content: string | Buffer, sync?: 'toDisk'): Promise<void> {
  const draft = `${path}.${randomBytes(8).toString('hex')}.new`;
  try {
    const file = await open(draft, 'wx', 0o600); // exclusively: where a link waits under this name, it fails
    try {
      await file.writeFile(content);
      await (sync === undefined ? undefined : file.sync());
    } finally {
      await file.close();
    }
    await moved(draft, path);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined);
    throw error;
  }
}

async function moved(draft: string, path: string): Promise<void> {
  for (let tried = 1; ; tried += 1) {
    try {
      await rename(draft, path);
      return;
    } catch (error) {
      if (tried >= renaming.tries || !['EACCES', 'EBUSY', 'EPERM'].includes(codeOf(error) ?? '')) {
        throw error;
      }
      await new Promise<void>((resolve) => systemClock.after(renaming.pause, resolve));
    }
  }
}

/** For what may be lost but must not be outdated: where nothing can be put in its place, a full disk leaves it empty. */
export async function replaceOrOverwrite(folder: string, path: string, content: string): Promise<void> {
  try {
    await privateFolder(folder);
    await replacePrivately(path, content);
  } catch {
    await overwrite(path, content);
  }
}

async function overwrite(path: string, content: string): Promise<void> {
  const file = await open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, 0o600);
  try {
    await file.writeFile(content);
  } finally {
    await file.close();
  }
}

/** Removes what windows left in a folder that died while they wrote there. Never throws. */
export async function removeOldDrafts(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const drafts = names.filter((name) => /\.[\da-f]{16}\.new$/.test(name)).map((name) => join(folder, name));
  await Promise.all(
    drafts.map(async (draft) => {
      const { mtimeMs } = await lstat(draft);
      await (systemClock.now() - mtimeMs > oldDraft ? rm(draft) : undefined);
    }),
  ).catch(() => undefined); // another window was faster
}

/** Node's code of an error, such as `ENOENT`. */
export function codeOf(error: unknown): string | undefined {
  const code = isObject(error) ? error['code'] : undefined;
  return typeof code === 'string' ? code : undefined;
}
