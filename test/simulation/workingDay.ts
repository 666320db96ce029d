import { noLock } from '../../src/core/locking/noLock';
import { Dice } from './dice';
import type { Planted } from './planted';
import { faultFree } from './scenario';
import { Simulation } from './simulation';

/** Works as most extensions do: each window refreshes its own tokens and overwrites those of the others. */
const uncoordinated: Planted = {
  lock: () => noLock,
  store: (store) => {
    const adopt = store['adopt'].bind(store);
    store['adopt'] = (stored, how) => {
      if (store['known'].document === undefined) {
        adopt(stored, how);
      }
    };
  },
};

/** Token requests in ten hours of work without outages: tokens are valid for an hour, extensions ask every five minutes. */
export async function workingDay(windows: number, coordination: 'coordinated' | 'uncoordinated'): Promise<number> {
  const policy = {
    accessTokenLifetime: 3600,
    refreshReturns: 'sameRefreshToken',
    refreshRevokesOlderAccessToken: false,
  } as const;
  const scenario = { ...faultFree, days: 10 / 24, windows, users: 1, policy, callEvery: 5 * 60_000 };
  const planted = coordination === 'coordinated' ? undefined : uncoordinated;
  const { counts } = await new Simulation(new Dice(7), scenario, planted, false).run();
  return counts.tokenRequests;
}

if (require.main === module) {
  void (async () => {
    for (const windows of [1, 8]) {
      const coordinated = await workingDay(windows, 'coordinated');
      const alone = await workingDay(windows, 'uncoordinated');
      console.log(`${windows} windows: ${coordinated} token requests a day; ${alone} without coordination`);
    }
  })();
}
