import type { CallFolder } from '../calls/callLimits';
import type { Clock } from '../base/clock';
import { noLock } from './noLock';
import { once } from '../base/once';
import type { Log } from '../base/log';
import type { Random } from '../base/random';
import type { Lock } from './lock';

/** The lock between the windows that share this folder. Its code is loaded by the first write or refresh. */
export function windowLock(folder: string, clock: Clock, random: Random, log: Log): Lock {
  const loaded = once(async (): Promise<Lock> => {
    const [{ FileLock }, { lockFolder }] = await Promise.all([import('./fileLock'), import('../base/sharedFolder')]);
    return new FileLock(lockFolder(folder), clock, random, log);
  });
  return {
    async acquire(name, patience) {
      const lock = await loaded().catch(() => noLock); // an update has removed this version's files
      return await lock.acquire(name, patience);
    },
  };
}

/** The folder of the limits that all windows share. Its code is loaded by the first token call. */
export function callFolder(folder: string): CallFolder {
  const loaded = once(async (): Promise<CallFolder> => (await import('../base/sharedFolder')).lockFolder(folder));
  return {
    list: async () => await (await loaded()).list(),
    create: async (name, content, time) => await (await loaded()).create(name, content, time),
    touchedAt: async (name) => await (await loaded()).touchedAt(name),
    remove: async (name) => {
      await (await loaded()).remove(name);
    },
  };
}
