import { closeSync, openSync } from 'node:fs';
import { devNull } from 'node:os';

/** How many more files this process should be able to open: other extensions need them too. */
const spare = 8;

/** Whether this process can still open a few files. Where it cannot, the system closes new connections without a word. */
export function hasSpareFiles(): boolean {
  const opened: number[] = [];
  try {
    while (opened.length < spare) opened.push(openSync(devNull, 'r'));
    return true;
  } catch {
    return false;
  } finally {
    for (const file of opened) closeSync(file);
  }
}
