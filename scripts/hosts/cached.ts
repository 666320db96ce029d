import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE, removeFolder } from '../process/folders';
import { onStop } from '../process/stop';

const STAMP = '.complete';

/**
 * A folder of the cache, filled on first use and again when `recipe` changes. It is filled under another name, stamped and
 * then renamed, so that an interrupted install, or two at the same time, leave nothing incomplete.
 */
export async function cached(name: string, recipe: string, fill: (folder: string) => Promise<void>): Promise<string> {
  const folder = join(CACHE, name);
  if (isComplete(folder, recipe)) return folder;
  mkdirSync(CACHE, { recursive: true });
  removeAbandoned();
  const draft = join(CACHE, `${name}.${process.pid}.draft`);
  removeFolder(draft);
  mkdirSync(draft, { recursive: true });
  const forget = onStop(() => {
    removeFolder(draft);
  });
  try {
    await fill(draft);
    writeFileSync(join(draft, STAMP), recipe);
    if (!isComplete(folder, recipe)) {
      removeFolder(folder);
      renameSync(draft, folder);
    }
  } finally {
    removeFolder(draft);
    forget();
  }
  return folder;
}

function isComplete(folder: string, recipe: string): boolean {
  const stamp = join(folder, STAMP);
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === recipe;
}

function removeAbandoned(): void {
  for (const entry of readdirSync(CACHE)) {
    const owner = /\.(\d+)\.draft$/.exec(entry)?.[1];
    if (owner !== undefined && !isAlive(Number(owner))) removeFolder(join(CACHE, entry));
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
