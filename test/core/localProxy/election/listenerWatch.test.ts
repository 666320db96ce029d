import assert from 'node:assert/strict';
import { ListenerWatch, quietAfter } from '../../../../src/core/localProxy/election/listenerWatch';
import { neverStarted } from '../../../../src/core/localProxy/sharedState';
import { FakeClock } from '../../../fakes/fakeClock';

describe('what a window sees of the one that listens', () => {
  const clock = new FakeClock();
  const listening = { ...neverStarted, listener: { id: 'other', pid: 7 } };

  for (const { name, state, age, running, first, later } of [
    { name: 'a window', state: listening, age: 1_000, running: true, first: 'alive', later: 'stuck' },
    {
      name: 'a window that died just now',
      state: listening,
      age: 1_000,
      running: false,
      first: 'alive',
      later: 'gone',
    },
    { name: 'a window after a sleep', state: listening, age: 9e6, running: true, first: 'alive', later: 'stuck' },
    { name: 'a window of yesterday', state: listening, age: 9e6, running: false, first: 'gone', later: 'gone' },
    { name: 'a clock that was set back', state: listening, age: -9e6, running: true, first: 'alive', later: 'stuck' },
    { name: 'no file', state: listening, age: undefined, running: false, first: 'gone', later: 'gone' },
    { name: 'nobody', state: neverStarted, age: 1_000, running: true, first: 'unknown', later: 'gone' },
  ] as const) {
    it(`${name}: ${first}, then ${later}`, async () => {
      const watch = new ListenerWatch('me', clock, { isRunning: () => running });
      const touchedAt = age === undefined ? undefined : clock.now() - age;
      watch.see(state, touchedAt);
      assert.equal(watch.other, first);
      for (let look = 0; look < quietAfter; look += 1) {
        await clock.pass(1_000);
        watch.see(state, touchedAt);
      }
      assert.equal(watch.other, later);
    });
  }

  it('counts looks that follow each other at once as one', () => {
    const watch = new ListenerWatch('me', clock, { isRunning: () => false });
    for (let look = 0; look < 50; look += 1) {
      watch.see(listening, clock.now());
    }
    assert.equal(watch.other, 'alive');
  });

  it('begins anew after a reset, and takes this window for no other', () => {
    const watch = new ListenerWatch('other', clock, { isRunning: () => true });
    watch.see(listening, clock.now());
    assert.equal(watch.other, 'unknown');
    const late = new ListenerWatch('me', clock, { isRunning: () => false });
    late.see(listening, 0);
    assert.equal(late.other, 'gone');
    late.reset();
    late.see(listening, clock.now());
    assert.equal(late.other, 'alive');
  });
});
