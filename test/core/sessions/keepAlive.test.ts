import assert from 'node:assert/strict';
import { answer, pair } from '../../fakes/fakeHttp';
import { Installation, type TestCore } from '../../fakes/installation';
import { pastedSession, robotSession, sampleTokens } from '../../fakes/sampleSession';

const minute = 60_000;

describe('keepAlive', () => {
  let shared: Installation;
  let cores: TestCore[];
  beforeEach(async () => {
    shared = new Installation();
    cores = [shared.openCore(), shared.openCore(), shared.openCore()];
    await cores[0]!.holds();
    await Promise.all(cores.map((core) => core.sessions.list()));
    use(true);
    shared.http.always = (): ReturnType<typeof pair> =>
      pair(`a${shared.http.requests.length}`, `r${shared.http.requests.length}`);
  });
  const use = (isUsed: boolean) => {
    cores.forEach((core) => {
      core.isKeepAliveWanted = isUsed;
    });
  };
  const look = () => {
    cores.forEach(({ real: { keepAlive } }) => {
      keepAlive.check();
    });
  };

  it('refreshes once in the last minute, for all windows together', async () => {
    look();
    await shared.clock.pass(58 * minute);
    assert.equal(shared.http.requests.length, 0);
    await shared.clock.pass(3 * minute);
    assert.equal(shared.http.requests.length, 1);
    await shared.clock.pass(59 * minute);
    assert.equal(shared.http.requests.length, 2);
    cores.forEach(({ real: { keepAlive } }) => {
      keepAlive.dispose();
    });
  });

  it('looks at most 120 times an hour, whatever kinds of account there are', async () => {
    await cores[0]!.holds(robotSession(), { id: 'acme_loader', secret: 'secret' });
    await cores[0]!.holds(pastedSession());
    let looks = 0;
    const isUsed = () => (looks += 1) > 0;
    Object.defineProperty(cores[0], 'isKeepAliveWanted', { get: isUsed });
    cores[0]!.real.keepAlive.check();
    await shared.clock.pass(58 * minute);
    assert.ok(looks > 50 && looks <= 117, `${looks} times`);
  });

  it('does nothing, not even on a timer, in windows that are not in use', async () => {
    use(false);
    look();
    assert.equal(shared.clock.waiting, 0);
    await shared.clock.pass(120 * minute);
    assert.equal(shared.http.requests.length, 0);
  });

  it('leaves a token that expired while the machine slept for the next caller', async () => {
    look();
    await shared.clock.pass(30 * minute);
    shared.clock.set(shared.clock.now() + 8 * 60 * minute);
    await shared.clock.pass(10 * minute);
    assert.equal(shared.http.requests.length, 0);
  });

  it('stops when the window is left', async () => {
    look();
    await shared.clock.pass(50 * minute);
    use(false);
    await shared.clock.pass(20 * minute);
    assert.equal(shared.http.requests.length, 0);
    assert.equal(shared.clock.waiting, 0);
  });

  describe('in one window', () => {
    const one = () => cores[0]!;
    const times = () => shared.http.requests.map(({ time }) => time);

    it('begins when a minute is left, and tries again every 15 seconds until it has a token', async () => {
      one().real.keepAlive.check();
      const end = shared.clock.now() + 60 * minute;
      shared.http.next(answer(503), answer(503), pair('a1', 'r1'));
      await shared.clock.pass(62 * minute);
      assert.deepEqual(
        times().map((time) => end - time),
        [60_000, 45_000, 30_000],
      );
    });

    it('asks for nothing with a client that Reltio refuses, or for a token that an environment rejects', async () => {
      for (const state of ['clientRejected', 'rejected'] as const) {
        const now = shared.clock.now();
        const tokens = sampleTokens({ accessTokenExpiresAt: now + 60 * minute, expiryKnownAt: now });
        await one().alter('jane', { state, tokens });
        one().real.keepAlive.check();
        await shared.clock.pass(61 * minute);
        assert.deepEqual(times(), [], state);
      }
    });

    it('stops for good when the window closes', () => {
      one().real.keepAlive.check();
      assert.equal(shared.clock.waiting, 1);
      one().real.keepAlive.dispose();
      assert.equal(shared.clock.waiting, 0);
    });
  });
});
