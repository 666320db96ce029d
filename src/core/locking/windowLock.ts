import type { Clock } from '../base/clock';
import type { Log } from '../base/log';
import { once } from '../base/once';
import type { Random } from '../base/random';
import type { Lock } from './lock';
import { noLock } from './noLock';

/** The lock between the windows that share this folder. The first write or refresh loads its code. */
export function windowLock(folder: string, clock: Clock, random: Random, log: Log): Lock {
  const loaded = once(async (): Promise<Lock> => {
    const [{ FileLock }, { sharedFolder }] = await Promise.all([import('./fileLock'), import('../base/sharedFolder')]);
    return new FileLock(sharedFolder(folder), clock, random, log);
  });
  return {
    async acquire(name, timeout) {
      const lock = await loaded().catch(() => noLock); // an update removed this version's files
      return await lock.acquire(name, timeout);
    },
  };
}
