import assert from 'node:assert/strict';
import type { HttpResponse } from '../../../src/core/oauth/httpClient';
import { settle } from '../../fakes/fakeClock';
import { badClient, pair } from '../../fakes/fakeHttp';
import { Installation, type TestCore } from '../../fakes/installation';
import { jane, robot, robotSession, sampleSignIn } from '../../fakes/sampleSession';

const hour = 3_600_000;

describe('while one window forgets everything, another one', () => {
  let shared: Installation;
  let core: TestCore;
  let other: TestCore;
  beforeEach(async () => {
    shared = new Installation().alone();
    core = shared.openCore();
    await core.holds();
    other = shared.openCore();
    await other.sessions.usable('always');
  });

  const forget = () => shared.clock.finish(core.real.forget([]));
  const isStored = (word: string) => [...shared.secrets.values.values()].some((value) => value.includes(word));
  const heldAnswer = (): ((reply: HttpResponse) => void) => {
    let send: (reply: HttpResponse) => void = () => undefined;
    shared.http.next(new Promise<HttpResponse>((resolve) => (send = resolve)));
    return (reply) => {
      send(reply);
    };
  };

  it('waits for the lock with a new token, then stores none and gives none to its caller', async () => {
    await shared.clock.pass(hour);
    core.secrets.takes = 800;
    shared.secrets.arrivesAfter = 300;
    const send = heldAnswer();
    const asking = assert.rejects(other.sessions.fresh('jane'), { code: 'signedOut' });
    await settle();
    const forgetting = core.real.forget([]);
    await shared.clock.pass(100);
    send(pair('late-token', 'late-refresh'));
    await shared.clock.finish(Promise.all([forgetting, asking]));
    await shared.clock.pass(hour);
    assert.deepEqual(['late-token', 'late-refresh', '"jane"'].filter(isStored), []);
    assert.equal(shared.http.requests.length, 1);
  });

  it('writes no line about its accounts when a refresh fails afterwards', async () => {
    await shared.clock.pass(hour);
    const send = heldAnswer();
    const asking = assert.rejects(other.sessions.fresh('jane'));
    await settle();
    await forget();
    await shared.history.forget();
    send({ kind: 'response', status: 503, headers: {}, body: '' });
    await shared.clock.finish(Promise.all([asking, other.real.settled()]));
    assert.deepEqual(shared.history.entries, []);
  });

  it('gives no token to a caller whose refresh has just been stored', async () => {
    await shared.clock.pass(hour);
    shared.http.next(pair('late-token', 'late-refresh'));
    let isForgotten = false;
    shared.lockFolder.before = async (call, name) => {
      if (call === 'touch' && name.startsWith('refresh-') && isStored('late-token')) {
        shared.lockFolder.before = () => undefined;
        await core.real.forget([]);
        await other.store.reload();
        isForgotten = true;
      }
    };
    await shared.clock.finish(assert.rejects(other.sessions.fresh('jane'), { code: 'signedOut' }));
    assert.ok(isForgotten);
  });

  it('does not store again the client that the identity server has just accepted in another way', async () => {
    await core.holds(robotSession(), { id: robot.clientId, secret: 'late-secret' });
    await shared.clock.pass(hour);
    shared.http.next(badClient);
    const send = heldAnswer();
    const asking = assert.rejects(other.sessions.refreshNow('robot', 'newSecret'), { code: 'signedOut' });
    await shared.clock.pass(1_000);
    assert.equal(shared.http.requests.length, 2);
    await forget();
    send(pair('late-token', undefined));
    await shared.clock.finish(asking);
    assert.deepEqual(['late-token', 'late-secret'].filter(isStored), []);
  });

  it('does not store a client that waited for the lock meanwhile', async () => {
    shared.lockFolder.before = async () => {
      shared.lockFolder.before = () => undefined;
      shared.clock.set(shared.clock.now() + 10);
      await core.real.forget([]);
    };
    await shared.clock.finish(other.clients.save(jane.identityServer, { id: 'late', secret: 'late-secret' }));
    await shared.clock.pass(5_000);
    assert.ok(!isStored('late-secret'));
  });

  it('does not save its last client again when the next one is saved', async () => {
    await other.clients.save(jane.identityServer, { id: 'late', secret: 'late-secret' });
    await forget();
    await shared.clock.pass(10);
    await core.clients.save(jane.identityServer, { id: 'new', secret: 'new-secret' });
    await shared.clock.pass(5_000);
    assert.deepEqual(['late-secret', 'new-secret'].filter(isStored), ['new-secret']);
  });

  it('does not store a sign-in that was granted before', async () => {
    const signedIn = sampleSignIn(shared.clock.now(), { accessToken: 'late-token' });
    await shared.clock.pass(10);
    await forget();
    await shared.clock.finish(assert.rejects(other.sessions.add(signedIn), { code: 'signedOut' }));
    assert.ok(!isStored('late-token'));
    await shared.clock.pass(10);
    const next = await shared.clock.finish(other.sessions.add(sampleSignIn(shared.clock.now())));
    assert.deepEqual(other.sessions.known, [next]);
  });

  it('keeps what it cannot write, a sign-in and its client, after the clock has been set back', async () => {
    await forget();
    shared.clock.set(shared.clock.now() - hour);
    other.secrets.failing = 'store';
    await shared.clock.finish(other.clients.save(jane.identityServer, { id: 'new', secret: 'new-secret' }));
    await shared.clock.finish(other.sessions.add(sampleSignIn(shared.clock.now(), { accessToken: 'new-token' })));
    await other.store.reload();
    assert.deepEqual([other.sessions.known.length, (await other.clients.list(jane.identityServer)).length], [1, 1]);
    other.secrets.failing = undefined;
    await shared.clock.pass(hour);
    assert.deepEqual(['new-secret', 'new-token'].filter(isStored), ['new-secret', 'new-token']);
  });

  it('stores a sign-in that is only older because the clock has been set back', async () => {
    await forget();
    shared.clock.set(shared.clock.now() - hour);
    const next = await shared.clock.finish(other.sessions.add(sampleSignIn(shared.clock.now())));
    assert.deepEqual(other.sessions.known, [next]);
  });
});
