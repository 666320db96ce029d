import assert from 'node:assert/strict';
import { PermissionGate } from '../../../src/core/localProxy/permissionGate';
import type { Permission } from '../../../src/core/localProxy/permissions';
import { FakeClock } from '../../fakes/fakeClock';
import { RecordingLog } from '../../fakes/recordingLog';

const live = {
  name: 'live',
  url: 'https://live.reltio.com',
  identityServer: 'https://auth.reltio.com',
  clientId: undefined,
  production: true,
};
const minute = 60_000;

describe('the permissions of the local proxy', () => {
  let clock: FakeClock;
  let gate: PermissionGate;
  let asked: string[];
  let answers: ((isAllowed: boolean | Error) => void)[];
  const has = (permission: Permission = 'changeProduction', environment = live, method = 'POST'): Promise<boolean> =>
    gate.has(permission, environment, method);
  /** What a request gets, if it is refused or allowed without an answer now. */
  const now = async (...question: Parameters<typeof has>): Promise<boolean | 'asks'> =>
    await Promise.race([has(...question), clock.pass(0).then(() => 'asks' as const)]);
  const answer = async (isAllowed: boolean | Error): Promise<void> => {
    answers.shift()?.(isAllowed);
    await clock.pass(0);
  };

  beforeEach(() => {
    clock = new FakeClock();
    asked = [];
    answers = [];
    gate = new PermissionGate({
      ask: (permission, { name }, method) => {
        asked.push(`${permission} ${name} ${method}`);
        return new Promise((resolve, reject) =>
          answers.push((isAllowed) => {
            if (typeof isAllowed === 'boolean') resolve(isAllowed);
            else reject(isAllowed);
          }),
        );
      },
      clock,
      log: new RecordingLog(),
    });
  });

  it('ask one question for parallel requests, and the yes is valid for 15 minutes, for every method', async () => {
    const together = [has(), has('changeProduction', live, 'DELETE'), has()];
    await answer(true);
    assert.deepEqual(await Promise.all(together), [true, true, true]);
    assert.deepEqual(asked, ['changeProduction live POST']);
    await clock.pass(15 * minute - 1);
    assert.equal(await now('changeProduction', live, 'PUT'), true);
    await clock.pass(1);
    assert.equal(await now('changeProduction', live, 'PUT'), 'asks');
    assert.deepEqual(asked, ['changeProduction live POST', 'changeProduction live PUT']);
  });

  it('refuse without a question for a minute after a no, and then ask again', async () => {
    const first = has();
    await answer(false);
    assert.equal(await first, false);
    await clock.pass(minute - 1);
    assert.equal(await now(), false);
    assert.equal(asked.length, 1);
    await clock.pass(1);
    assert.equal(await now(), 'asks');
    assert.equal(asked.length, 2);
  });

  it('take no answer within a minute for a no', async () => {
    const first = has();
    await clock.pass(minute);
    assert.equal(await first, false);
    assert.equal(await now(), false);
  });

  it('ask no second question while the first is on the screen, however often a tool tries', async () => {
    for (let hour = 0; hour < 8; hour++) {
      const request = has();
      await clock.pass(60 * minute);
      assert.equal(await request, false);
    }
    assert.equal(asked.length, 1);
    await answer(false);
    assert.equal(await now(), false, 'the late no counts from when it was given');
    await clock.pass(minute);
    assert.equal(await now(), 'asks');
  });

  it('count a late yes from when it is given, for the requests that follow', async () => {
    const first = has();
    await clock.pass(minute);
    assert.equal(await first, false);
    assert.equal(await now(), false);
    await answer(true);
    assert.equal(await now(), true);
    await clock.pass(15 * minute);
    assert.equal(await now(), 'asks');
  });

  it('are others for another permission, another environment, and the same one at another address', async () => {
    const first = has();
    await answer(true);
    assert.equal(await first, true);
    assert.equal(await now('sendToken'), 'asks');
    assert.equal(await now('changeProduction', { ...live, name: 'live2' }), 'asks');
    assert.equal(await now('changeProduction', { ...live, url: 'https://other.reltio.com' }), 'asks');
    assert.equal(await now(), true);
  });

  it('are not valid for longer if the clock is set back, or the machine sleeps', async () => {
    const first = has();
    await answer(true);
    await first;
    clock.set(clock.now() - 60 * minute);
    assert.equal(await now(), true);
    await clock.pass(15 * minute);
    assert.equal(await now(), 'asks');
    await answer(true);
    clock.set(clock.now() + 15 * minute); // a sleep: the steady clock stood still
    assert.equal(await now(), 'asks');
  });

  it('last for a token that was sent, as long as the window', async () => {
    const first = has('sendToken');
    await answer(true);
    assert.equal(await first, true);
    await clock.pass(48 * 60 * minute);
    assert.equal(await now('sendToken'), true);
  });

  it('are a no where VS Code cannot ask', async () => {
    const first = has();
    await answer(new Error('closing'));
    assert.equal(await first, false);
  });

  it('are forgotten with the key that they were given to, and with the proxy', async () => {
    const given = has();
    await answer(true);
    assert.equal(await given, true);
    const sent = has('sendToken');
    await answer(true);
    assert.equal(await sent, true);
    gate.forget();
    assert.deepEqual([await now(), await now('sendToken')], ['asks', 'asks']);
    assert.equal(asked.length, 4);
  });

  it('do not come from a question of before', async () => {
    const waiting = has();
    gate.forget();
    await answer(true);
    assert.equal(await waiting, false);
    assert.equal(await now(), 'asks');
  });
});
