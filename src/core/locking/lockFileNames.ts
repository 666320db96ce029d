import { createHash } from 'node:crypto';

/** The last number that a lock file may have: 15 digits, and every number below is exact. */
export const lastNumber = 999_999_999_999_999;

export function fileNameOf(lock: string, number: number): string {
  return `${lock}.${number}`;
}

/** The number of a file of this lock, 1 to `lastNumber`; 0 for a name that `fileNameOf` does not make. */
export function numberOf(name: string, lock: string): number {
  const digits = name.startsWith(`${lock}.`) ? name.slice(lock.length + 1) : '';
  return /^[1-9]\d{0,14}$/.test(digits) ? Number(digits) : 0;
}

/** The highest number of this lock, which is the holder's; 0 where there is no file yet. */
export function newestNumber(names: readonly string[], lock: string): number {
  return names.reduce((highest, name) => Math.max(highest, numberOf(name, lock)), 0);
}

/** Whether this is a file of any lock. */
export function isLockFile(name: string): boolean {
  const lock = name.slice(0, name.lastIndexOf('.'));
  return /^[\w-]+$/.test(lock) && numberOf(name, lock) > 0;
}

/** The part of a file's name that names the lock: its own name where that is safe, for ids come from a stored document. */
export function lockName(name: string): string {
  const hash = (): string => createHash('sha256').update(name, 'utf16le').digest('hex');
  return /^[\w-]{1,100}$/.test(name) ? name : `${name.slice(0, 20).replace(/[^\w-]/g, '_')}-${hash()}`;
}
