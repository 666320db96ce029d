import assert from 'node:assert/strict';
import { basicHeader, type Client } from '../../../src/core/oauth/client';
import { answer, badClient, pair } from '../../fakes/fakeHttp';
import { Installation, type TestCore } from '../../fakes/installation';
import { robot, robotSession, sampleSignIn } from '../../fakes/sampleSession';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

const validToken = answer(200, { user: { username: 'client_acme_loader' }, errorCode: null });
const invalidToken = answer(401, { error: 'invalid_token' });
const loader: Client = { id: robot.clientId, secret: 'its secret' };

describe('a session of a client that asks for its token again', () => {
  let shared: Installation;
  let core: TestCore;
  beforeEach(async () => {
    shared = new Installation();
    core = shared.openCore();
    await core.holds(robotSession(), loader);
  });

  const requests = () => shared.http.requests.length;
  const fresh = (one = core) => shared.clock.finish(one.sessions.fresh('robot'));
  const token = (access: string, expiresIn?: number) => pair(access, undefined, expiresIn);

  it('keeps its token to the last moment, and then sends one request with the secret of its own client', async () => {
    await shared.clock.pass(hour - 1);
    assert.equal((await fresh()).tokens.accessToken, 'c0');
    assert.equal(requests(), 0);
    await shared.clock.pass(1);
    shared.http.next(token('c1'));
    const { id, state, tokens } = await fresh();
    assert.deepEqual([id, state, tokens.accessToken], ['robot', 'signedIn', 'c1']);
    const [request, ...others] = shared.http.requests;
    assert.deepEqual(request?.form, { grant_type: 'client_credentials' });
    assert.equal(request.headers['authorization'], basicHeader(loader));
    assert.deepEqual(others, []);
    assert.equal(core.stored('robot')?.tokens.accessToken, 'c1');
  });

  it('asks at the end of a life that was shortened by an earlier request elsewhere', async () => {
    await shared.clock.pass(hour);
    shared.http.next(token('c1', 1_887));
    await fresh();
    await shared.clock.pass(1_887 * second - 1);
    assert.equal((await fresh()).tokens.accessToken, 'c1');
    assert.equal(requests(), 1);
    await shared.clock.pass(1);
    shared.http.next(token('c2'));
    assert.equal((await fresh()).tokens.accessToken, 'c2');
  });

  it('waits for the new token when the old one is returned in its last second', async () => {
    await shared.clock.pass(hour);
    shared.http.next(token('c0', 0), token('c1'));
    assert.equal((await fresh()).tokens.accessToken, 'c1');
    assert.equal(requests(), 2);
  });

  it('believes the server when it says at the end that the same token is still valid', async () => {
    await shared.clock.pass(hour);
    shared.http.next(token('c0', 30));
    assert.equal((await fresh()).tokens.accessToken, 'c0');
    await shared.clock.pass(30 * second - 1);
    await fresh();
    assert.equal(requests(), 1);
  });

  it('sends one request for all callers in all windows', async () => {
    const windows = [core, shared.openCore(), shared.openCore()];
    await Promise.all(windows.map((one) => one.sessions.list()));
    await shared.clock.pass(hour);
    shared.http.takes = 300;
    shared.http.always = () => token(`c${requests()}`);
    const all = await shared.clock.finish(
      Promise.all(windows.flatMap(({ sessions }) => [sessions.fresh('robot'), sessions.fresh('robot')])),
    );
    assert.deepEqual(new Set(all.map(({ tokens }) => tokens.accessToken)), new Set(['c1']));
    assert.equal(requests(), 1);
  });

  it('has no token to give in an outage, and asks again after the back-off', async () => {
    await shared.clock.pass(hour);
    shared.http.next(answer(503), token('c1'));
    await assert.rejects(fresh(), { code: 'serverError' });
    await assert.rejects(fresh(), { code: 'serverError' });
    assert.equal(requests(), 1, 'from memory');
    await shared.clock.pass(second);
    assert.equal((await fresh()).tokens.accessToken, 'c1');
  });

  it('keeps counting when the clock is set back, and asks once where nothing is known of it', async () => {
    await core.sessions.list();
    await shared.clock.pass(20 * minute);
    await fresh();
    shared.clock.set(shared.clock.now() - 24 * hour);
    assert.equal((await fresh()).tokens.accessToken, 'c0');
    assert.equal(requests(), 0);
    const later = shared.openCore();
    shared.http.next(token('c0', 2_400));
    const { accessTokenExpiresAt } = (await fresh(later)).tokens;
    assert.equal(accessTokenExpiresAt, shared.http.requests[0]!.time + 40 * minute);
    await shared.clock.pass(accessTokenExpiresAt - 1 - shared.clock.now());
    await fresh(later);
    assert.equal(requests(), 1);
    await shared.clock.pass(1);
    shared.http.next(token('c1'));
    assert.equal((await fresh(later)).tokens.accessToken, 'c1');
  });

  it('ignores a refresh token', async () => {
    await shared.clock.pass(hour);
    shared.http.next(pair('c1', 'r1'));
    await fresh();
    assert.equal(core.stored('robot')?.tokens.refreshToken, undefined);
    await shared.clock.pass(hour);
    shared.http.next(token('c2'));
    await fresh();
    assert.deepEqual(
      shared.http.requests.map(({ form }) => form),
      [{ grant_type: 'client_credentials' }, { grant_type: 'client_credentials' }],
    );
  });

  it('is marked when the secret is wrong, and works with the new one', async () => {
    await shared.clock.pass(hour);
    shared.http.next(badClient);
    await assert.rejects(fresh(), { code: 'clientRejected' });
    await core.store.reload();
    assert.equal(core.stored('robot')?.state, 'clientRejected');
    await core.clients.save(robot.identityServer, { ...loader, secret: 'the new one' });
    shared.http.next(token('c1'));
    const { session } = await shared.clock.finish(core.sessions.refreshNow('robot', 'newSecret'));
    assert.deepEqual([session.state, session.tokens.accessToken], ['signedIn', 'c1']);
  });

  it('keeps a new token of a sign-in that a refresh comes after', async () => {
    await shared.clock.pass(hour);
    shared.http.takes = 300;
    shared.http.next(token('c1'));
    const work = fresh();
    const answered = { accessToken: 'c9', refreshToken: undefined };
    const again = { ...sampleSignIn(shared.clock.now(), answered, robot), renewal: 'clientAgain' } as const;
    const added = core.sessions.add(again);
    await assert.rejects(work, { code: 'signedOut' });
    assert.equal(core.stored((await added).id)?.tokens.accessToken, 'c9');
  });

  it('tries a new secret in the body too, stores how it is accepted, and sends it so from then on', async () => {
    const refresh = () => shared.clock.finish(core.sessions.refreshNow('robot', 'newSecret'));
    shared.http.next(badClient, token('c1'));
    assert.equal((await refresh()).session.tokens.accessToken, 'c1');
    const stored = await core.clients.find(robot.identityServer, loader.id);
    assert.deepEqual(stored, { ...loader, authentication: 'client_secret_post' });
    await shared.clock.pass(hour);
    shared.http.next(token('c2'));
    await fresh();
    const secrets = shared.http.requests.map(({ form }) => form['client_secret']);
    assert.deepEqual(secrets, [undefined, loader.secret, loader.secret]);
  });

  it('tries no secret a second time that was accepted before', async () => {
    await shared.clock.pass(hour);
    shared.http.next(badClient);
    await assert.rejects(fresh(), { code: 'clientRejected' });
    assert.equal(requests(), 1);
  });

  it('keeps the expiry of the token when it signs in again and gets the same one', async () => {
    await shared.clock.pass(20 * minute);
    const answered = { accessToken: 'c0', refreshToken: undefined, expiresIn: 2_400 };
    const again = { ...sampleSignIn(shared.clock.now(), answered, robot), renewal: 'clientAgain' } as const;
    const { id } = await core.sessions.add(again);
    assert.deepEqual(
      core.own.map((session) => session.id),
      [id],
    );
    await shared.clock.pass(40 * minute - 1);
    assert.equal((await shared.clock.finish(core.sessions.fresh(id))).tokens.accessToken, 'c0');
    assert.equal(requests(), 0);
  });

  it('believes the expiry of a token that it gets after the clock was set back', async () => {
    await core.sessions.list();
    shared.clock.set(shared.clock.now() - 2 * hour);
    const again = {
      ...sampleSignIn(shared.clock.now(), { refreshToken: undefined }, robot),
      renewal: 'clientAgain',
    } as const;
    const { id, tokens } = await core.sessions.add(again);
    await shared.clock.pass(hour - 1);
    assert.equal((await shared.clock.finish(core.sessions.fresh(id))).tokens.accessToken, tokens.accessToken);
    assert.equal(requests(), 0);
  });

  describe('that the user refreshes', () => {
    const refresh = () => shared.clock.finish(core.sessions.refreshNow('robot'));
    const paths = () => shared.http.requests.map(({ url }) => new URL(url).pathname);

    it('asks whether its token is valid, with the client and in the form, and requests no other', async () => {
      shared.http.next(validToken);
      const { session, isNewToken, isStillValid } = await refresh();
      assert.deepEqual([session.tokens.accessToken, isNewToken, isStillValid], ['c0', false, true]);
      assert.deepEqual(paths(), ['/oauth/checkToken']);
      assert.equal(shared.http.requests[0]?.headers['authorization'], basicHeader(loader));
      assert.deepEqual(shared.http.requests[0]?.form, { token: 'c0' });
    });

    it('gets a new token if the old one is not valid any more', async () => {
      shared.http.next(invalidToken, token('c1'));
      const outcome = await refresh();
      assert.deepEqual([outcome.session.tokens.accessToken, outcome.isNewToken], ['c1', true]);
      assert.equal(outcome.isStillValid, undefined);
      assert.deepEqual(paths(), ['/oauth/checkToken', '/oauth/token']);
    });

    it('needs a renewal if the invalid token is returned again', async () => {
      shared.http.next(invalidToken, token('c0', 3_000));
      await assert.rejects(refresh(), { code: 'tokenRejected' });
      assert.equal(core.stored('robot')?.state, 'rejected');
      await assert.rejects(fresh(), { code: 'tokenRejected' });
      await shared.clock.pass(hour);
      shared.http.next(token('c1'));
      assert.equal((await fresh()).tokens.accessToken, 'c1');
    });

    it('asks about its token after the clock was set back, too, and requests no other', async () => {
      await core.sessions.list();
      await shared.clock.pass(20 * minute);
      shared.clock.set(shared.clock.now() - 2 * hour);
      shared.http.next(validToken);
      assert.equal((await refresh()).isStillValid, true);
      await shared.clock.pass(40 * minute - 1);
      await fresh();
      assert.deepEqual(paths(), ['/oauth/checkToken']);
    });

    it('asks nothing about a token that it knows to be invalid, and requests another', async () => {
      shared.http.next(invalidToken, token('c0', 3_000));
      await assert.rejects(refresh(), { code: 'tokenRejected' });
      await shared.clock.pass(10 * second);
      shared.http.next(token('c1'));
      assert.equal((await refresh()).session.state, 'signedIn');
      assert.deepEqual(paths(), ['/oauth/checkToken', '/oauth/token', '/oauth/token']);
    });

    it('asks nothing about a token that has expired', async () => {
      await shared.clock.pass(hour);
      shared.http.next(token('c1'));
      assert.equal((await refresh()).isNewToken, true);
      assert.deepEqual(paths(), ['/oauth/token']);
    });

    it('requests another where the server checks no tokens', async () => {
      shared.http.next(answer(404), token('c1'));
      assert.equal((await refresh()).isNewToken, true);
    });

    it('requests none while nobody can say whether the old one is valid', async () => {
      for (const [reply, code] of [
        [answer(503), 'serverError'],
        [answer(403), 'forbidden'],
        [badClient, 'clientRejected'],
      ] as const) {
        shared.http.next(reply);
        await assert.rejects(refresh(), { code });
        await shared.clock.pass(10 * second);
      }
      assert.equal((await fresh()).tokens.accessToken, 'c0');
      assert.deepEqual(new Set(paths()), new Set(['/oauth/checkToken']));
    });

    it('is asked about once in ten seconds, over all windows', async () => {
      const other = shared.openCore();
      await shared.clock.pass(minute);
      shared.http.next(validToken);
      await refresh();
      await assert.rejects(refresh(), { code: 'askedJustNow' });
      await assert.rejects(shared.clock.finish(other.sessions.refreshNow('robot')), { code: 'askedJustNow' });
      assert.equal(requests(), 1);
    });

    it('requests a token at once with a new secret', async () => {
      shared.http.next(token('c0', 3_000));
      assert.equal((await shared.clock.finish(core.sessions.refreshNow('robot', 'newSecret'))).isNewToken, false);
      assert.deepEqual(paths(), ['/oauth/token']);
    });
  });

  describe('whose token an environment rejects', () => {
    const report = () => shared.clock.finish(core.real.reportRejected('c0'));
    const paths = () => shared.http.requests.map(({ url }) => new URL(url).pathname);

    it('keeps it, without a request for another, if the server considers it valid', async () => {
      shared.http.next(validToken);
      assert.equal((await report()).kind, 'valid');
      assert.equal((await report()).kind, 'valid');
      assert.deepEqual(paths(), ['/oauth/checkToken']);
    });

    it('gets another if it is not valid', async () => {
      shared.http.next(invalidToken, token('c1'));
      assert.equal((await report()).kind, 'refreshed');
      assert.equal(core.stored('robot')?.tokens.accessToken, 'c1');
    });

    it('needs a renewal if the invalid token is returned again', async () => {
      shared.http.next(invalidToken, token('c0', 3_000));
      assert.equal((await report()).kind, 'signInAgain');
      assert.equal(core.stored('robot')?.state, 'rejected');
      assert.deepEqual(paths(), ['/oauth/checkToken', '/oauth/token'], 'it is not checked twice');
    });

    it('keeps it while nobody can say whether it is valid', async () => {
      shared.http.next(answer(404));
      assert.equal((await report()).kind, 'notNow');
      assert.deepEqual(paths(), ['/oauth/checkToken']);
    });

    it('asks nothing about it if it has expired', async () => {
      await shared.clock.pass(hour);
      shared.http.next(token('c1'));
      assert.equal((await report()).kind, 'refreshed');
      assert.deepEqual(paths(), ['/oauth/token']);
    });
  });

  describe('that is kept alive', () => {
    beforeEach(async () => {
      await core.sessions.list();
      core.isKeepAliveWanted = true;
      core.real.keepAlive.check();
      shared.http.always = () => token(`c${requests()}`);
    });
    afterEach(() => {
      core.real.keepAlive.dispose();
    });

    it('asks once, after the expiry', async () => {
      await shared.clock.pass(hour - 1);
      assert.equal(requests(), 0);
      await shared.clock.pass(16 * second);
      assert.equal(requests(), 1);
      assert.equal(core.stored('robot')?.tokens.accessToken, 'c1');
      await shared.clock.pass(50 * minute);
      assert.equal(requests(), 1);
    });

    it('leaves a token that expired while the machine slept, or in an outage, for the next caller', async () => {
      shared.clock.set(shared.clock.now() + 8 * hour);
      await shared.clock.pass(10 * minute);
      assert.equal(requests(), 0);
      shared.http.always = answer(503);
      await assert.rejects(fresh(), { code: 'serverError' });
      await shared.clock.pass(hour);
      assert.equal(requests(), 1);
    });
  });
});
