import { createHash } from 'node:crypto';

/** The last number that a name may count: 15 digits, and every number below is exact. */
export const lastNumber = 999_999_999_999_999;

export function fileNameOf(lock: string, turn: number): string {
  return `${lock}.${turn}`;
}

/** Which turn of the lock a file stands for, 1 to `lastNumber`; 0 where its name is none that `turnName` gives. */
export function numberOf(name: string, lock: string): number {
  const digits = name.startsWith(`${lock}.`) ? name.slice(lock.length + 1) : '';
  return /^[1-9]\d{0,14}$/.test(digits) ? Number(digits) : 0;
}

/** The turn that counts; 0 where there was none yet. */
export function newestNumber(names: readonly string[], lock: string): number {
  return names.reduce((highest, name) => Math.max(highest, numberOf(name, lock)), 0);
}

/** Whether a file stands for a turn of any lock. */
export function isLockFile(name: string): boolean {
  const lock = name.slice(0, name.lastIndexOf('.'));
  return /^[\w-]+$/.test(lock) && numberOf(name, lock) > 0;
}

/** The part of a file's name that stands for the lock: itself where it can, for ids come from a stored document. */
export function lockName(name: string): string {
  const hash = (): string => createHash('sha256').update(name, 'utf16le').digest('hex');
  return /^[\w-]{1,100}$/.test(name) ? name : `${name.slice(0, 20).replace(/[^\w-]/g, '_')}-${hash()}`;
}
