import { createHash } from 'node:crypto';

/** The last number that a lock file may have: 15 digits, and every number below is exact. */
export const lastNumber = 999_999_999_999_999;

export function fileNameOf(lock: string, number: number): string {
  return `${lock}.${number}`;
}

/** The number of a file of this lock, 1 to `lastNumber`; 0 for a name that `fileNameOf` does not make. */
export function numberOf(name: string, lock: string): number {
  if (name[lock.length] !== '.' || !name.startsWith(lock)) {
    return 0;
  }
  const digits = name.slice(lock.length + 1);
  return /^[1-9]\d{0,14}$/.test(digits) ? Number(digits) : 0;
}

/** The highest number of this lock, which belongs to the holder; 0 if there is no file yet. */
export function newestNumber(names: readonly string[], lock: string): number {
  return names.reduce((highest, name) => Math.max(highest, numberOf(name, lock)), 0);
}

/** Whether this is a file of any lock. */
export function isLockFile(name: string): boolean {
  const lock = name.slice(0, name.lastIndexOf('.'));
  return /^[\w-]+$/.test(lock) && numberOf(name, lock) > 0;
}

/**
 * The lock's part of a file name: its own name if that is safe, else a hash. Ids come from a stored document, so they
 * may contain anything.
 */
export function lockName(name: string): string {
  const hash = (): string => createHash('sha256').update(name, 'utf16le').digest('hex');
  return /^[\w-]{1,100}$/.test(name) ? name : `${name.slice(0, 20).replace(/[^\w-]/g, '_')}-${hash()}`;
}
