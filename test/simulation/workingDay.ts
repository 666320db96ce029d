import { noLock } from '../../src/core/locking/noLock';
import { Dice } from './dice';
import type { Planted } from './planted';
import { calm } from './scenario';
import { Simulation } from './simulation';

/** What most extensions do: each window keeps and renews tokens of its own, and writes over what the others wrote. */
const onItsOwn: Planted = {
  lock: () => noLock,
  store: (store) => {
    const inside = store as unknown as {
      view: unknown;
      adopt(stored: unknown, how?: string): void;
    };
    const adopt = inside.adopt.bind(store);
    inside.adopt = (stored, how) => {
      if (inside.view === undefined) {
        adopt(stored, how);
      }
    };
  },
};

/** Token requests of ten hours of work in fine weather, tokens of an hour, extensions that ask every five minutes. */
export async function workingDay(windows: number, coordination: 'together' | 'each on its own'): Promise<number> {
  const policy = { accessTokenLifetime: 3600, refreshReturns: 'sameRefreshToken', refreshRevokesOlderAccessToken: false } as const;
  const scenario = { ...calm, days: 10 / 24, windows, users: 1, policy, callEvery: 5 * 60_000 };
  const planted = coordination === 'together' ? undefined : onItsOwn;
  const { counts } = await new Simulation(new Dice(7), scenario, planted, false).run();
  return counts.tokenRequests;
}

if (require.main === module) {
  void (async () => {
    for (const windows of [1, 8]) {
      const together = await workingDay(windows, 'together');
      const alone = await workingDay(windows, 'each on its own');
      console.log(`${windows} windows: ${together} token requests a day, each on its own ${alone}`);
    }
  })();
}
