import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { onStop } from './stop';

export const ROOT = resolve(__dirname, '../..');
/** Hosts, Node binaries and browsers: large, downloaded once, ignored by git. */
export const CACHE = join(ROOT, '.cache');
/** What tests build and leave behind, ignored by git. */
export const OUT = join(ROOT, 'out');

/** A folder that is removed when the process exits. */
export function temporaryFolder(purpose: string): string {
  const folder = mkdtempSync(join(tmpdir(), `reltio-${purpose}-`));
  onStop(() => {
    removeFolder(folder);
  });
  return folder;
}

export function emptyFolder(folder: string): string {
  removeFolder(folder);
  mkdirSync(folder, { recursive: true });
  return folder;
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}
