import { existsSync, mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE, removeFolder } from './folders';
import { onStop } from './stop';

const STAMP = '.complete';

/**
 * A folder of the cache, made on first use. It is filled under another name, stamped and then renamed, so that an
 * interrupted or a second, simultaneous install leaves nothing half done.
 */
export async function cached(name: string, fill: (folder: string) => Promise<void>): Promise<string> {
  const folder = join(CACHE, name);
  if (existsSync(join(folder, STAMP))) return folder;
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
    writeFileSync(join(draft, STAMP), '');
    if (!existsSync(join(folder, STAMP))) {
      removeFolder(folder);
      renameSync(draft, folder);
    }
  } finally {
    removeFolder(draft);
    forget();
  }
  return folder;
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
