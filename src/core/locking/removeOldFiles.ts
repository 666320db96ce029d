import type { Clock } from '../base/clock';
import type { Random } from '../base/random';
import type { LockFolder } from './lockFolder';
import { isLockFile, numberOf } from './lockFileNames';

/** The newest files of a lock are kept, so that a slow reader of the folder always finds the newest. */
const keptFiles = 16;
/** Each account has a lock of its own. In a folder with more files than this, old files of other locks are removed too. */
const manyFiles = 100;
/** The most files of other locks that one holder removes. */
const removedAtOnce = 20;
/** No process can have kept a lock without touching it for this long (milliseconds). */
const oldLock = 24 * 3_600_000;

/**
 * Removes lock files that are no longer needed.
 *
 * @param names of all files in the folder
 * @param newest number of the lock file that was just made
 */
export async function removeOldFiles(
  { folder, clock, random }: { readonly folder: LockFolder; readonly clock: Clock; readonly random: Random },
  names: readonly string[],
  lock: string,
  newest: number,
): Promise<void> {
  const old = names.filter((name) => {
    const number = numberOf(name, lock);
    return number > 0 && number <= newest - keptFiles;
  });
  await Promise.all(old.map((name) => folder.remove(name)));
  if (names.length > manyFiles) {
    const others = names.filter((name) => isLockFile(name) && numberOf(name, lock) === 0);
    const from = Math.floor(random.fraction() * Math.max(others.length - removedAtOnce, 0));
    await Promise.all(others.slice(from, from + removedAtOnce).map((name) => removeIfOld(folder, clock, name)));
  }
}

async function removeIfOld(folder: LockFolder, clock: Clock, name: string): Promise<void> {
  const touchedAt = await folder.touchedAt(name);
  if (touchedAt !== undefined && clock.now() - touchedAt > oldLock) {
    await folder.remove(name);
  }
}
