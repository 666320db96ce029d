import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { chmod, lstat, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isObject } from './json';
import { systemClock } from './clock';

// Windows has neither flag; there, making a link needs administrator rights.
const { O_CREAT, O_NOFOLLOW = 0, O_NONBLOCK = 0, O_RDONLY, O_TRUNC, O_WRONLY } = constants;

/** No file of this extension is larger (bytes). */
const maxFileSize = 1_000_000;
/** A draft older than this was left by a window that crashed (milliseconds). */
const staleDraftAge = 3_600_000;
/** Windows refuses to replace a file that a virus scanner has open: how often to try, and how long to wait in between. */
const renaming = { tries: 4, pause: 50 } as const;

/** Creates a folder that only this user can read, or restricts an existing one to this user. */
export async function privateFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if ((await lstat(folder)).isDirectory()) {
    await chmod(folder, 0o700).catch(() => undefined); // it belongs to another user, or the disk has no permissions
  }
}

/**
 * The content of a small file. Does not follow a link or block on a pipe.
 *
 * @throws Node's errors, or an error without a code if this cannot be a file of this extension
 */
export async function readPrivately(path: string): Promise<Buffer> {
  const file = await open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  try {
    const status = await file.stat();
    if (!status.isFile() || status.size > maxFileSize) {
      throw new Error('not a file of this extension');
    }
    return await file.readFile();
  } finally {
    await file.close();
  }
}

/**
 * Replaces a file atomically: a reader sees either the old content or the new. A link is replaced, not followed.
 *
 * @param sync `toDisk` for content that must survive a power failure
 * @param mode `0o700` for a program
 */
export async function replacePrivately(
  path: string,
  content: string | Buffer,
  sync?: 'toDisk',
  mode: 0o600 | 0o700 = 0o600,
): Promise<void> {
  const draft = `${path}.${randomBytes(8).toString('hex')}.new`;
  try {
    const file = await open(draft, 'wx', mode); // exclusive: fails if there is a link of this name
    try {
      await file.writeFile(content);
      await (sync === undefined ? undefined : file.sync());
    } finally {
      await file.close();
    }
    await renameWithRetries(draft, path);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined);
    throw error;
  }
}

async function renameWithRetries(draft: string, path: string): Promise<void> {
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

/**
 * For a file whose content may be lost but must not be outdated. If it cannot be replaced, it is overwritten; on a full
 * disk it becomes empty.
 */
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

/** Whether a window wrote the file to replace another one with it, and may have crashed before it did. */
export function isDraft(name: string): boolean {
  return /\.[\da-f]{16}\.new$/.test(name);
}

/** Removes the drafts of windows that crashed while they wrote to this folder. Never throws. */
export async function removeOldDrafts(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const drafts = names.filter((name) => isDraft(name)).map((name) => join(folder, name));
  await Promise.all(
    drafts.map(async (draft) => {
      const { mtimeMs } = await lstat(draft);
      await (systemClock.now() - mtimeMs > staleDraftAge ? rm(draft) : undefined);
    }),
  ).catch(() => undefined); // another window was faster
}

/** Node's code of an error, such as `ENOENT`. */
export function codeOf(error: unknown): string | undefined {
  const code = isObject(error) ? error['code'] : undefined;
  return typeof code === 'string' ? code : undefined;
}
