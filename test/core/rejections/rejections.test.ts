import assert from 'node:assert/strict';
import type { Failure } from '../../../src/core/base/failure';
import type { Rejection } from '../../../src/core/rejections/rejections';
import { answer, badClient, invalidRefreshToken, pair } from '../../fakes/fakeHttp';
import { jane, pastedSession, sampleTokens } from '../../fakes/sampleSession';
import { Installation, type TestCore } from '../../fakes/installation';

const olga = { ...jane, user: 'olga@acme.com' };

describe('a token that an environment rejects', () => {
  let shared: Installation;
  let core: TestCore;
  beforeEach(async () => {
    shared = new Installation();
    core = shared.openCore();
    await core.holds();
    await core.holds({ id: 'olga', account: olga, tokens: sampleTokens({ accessToken: 'b0', refreshToken: 's0' }) });
    shared.http.takes = 100;
    await shared.clock.pass(10_000);
  });
  const report = (token = 'a0'): Promise<Rejection> => shared.clock.finish(core.real.reportRejected(token));
  const same = () => pair('a0', 'r0', 3_000);
  const over = answer(401, { error: 'invalid_token', error_description: 'Invalid access token: a0' });
  const paths = () => shared.http.requests.map(({ url }) => new URL(url).pathname);

  it('is refreshed', async () => {
    shared.http.next(pair('a1', 'r1'));
    assert.equal((await report()).kind, 'refreshed');
    assert.equal(core.stored()?.tokens.accessToken, 'a1');
  });

  it('is refreshed by the account that can, although the user has pasted the same token before', async () => {
    shared = new Installation();
    core = shared.openCore();
    await core.holds(pastedSession({ id: 'pasted', tokens: sampleTokens({ accessToken: 'a0' }) }));
    await core.holds();
    shared.http.next(pair('a1', 'r1'));
    const { kind } = await report();
    assert.deepEqual([kind, core.stored('jane')?.tokens.accessToken], ['refreshed', 'a1']);
  });

  it('is checked once, however many extensions report it', async () => {
    shared.http.next(pair('a1', 'r1'));
    const all = await shared.clock.finish(
      Promise.all(Array.from({ length: 20 }, () => core.real.reportRejected('a0'))),
    );
    assert.deepEqual(new Set(all.map(({ kind }) => kind)), new Set(['refreshed']));
    assert.equal(shared.http.requests.length, 1);
  });

  it('is a problem of the environment when the server considers it valid; the session stays as it is', async () => {
    shared.http.next(same(), answer(200, { user: { username: 'jane' }, errorCode: null }));
    assert.equal((await report()).kind, 'valid');
    assert.deepEqual(paths(), ['/oauth/token', '/oauth/checkToken']);
    assert.equal(core.stored()?.state, 'signedIn');
    assert.equal((await report()).kind, 'valid');
    assert.equal(shared.http.requests.length, 2, 'asked once per token');
  });

  it('marks the session as rejected when the server also says that it is not valid, and is not returned again', async () => {
    shared.http.next(same(), over);
    assert.equal((await report()).kind, 'signInAgain');
    assert.equal(core.stored()?.state, 'rejected');
    await assert.rejects(shared.clock.finish(core.sessions.fresh('jane')), { code: 'tokenRejected' });
    assert.equal(core.stored()?.tokens.refreshToken, 'r0', 'nothing is lost');
  });

  it('is known to be not valid if only its refresh fails after the check, and not otherwise', async () => {
    const outage = answer(503);
    for (const [how, answers, expected] of [
      ['refreshFirst', [outage], false],
      ['checkFirst', [outage], false],
      ['checkFirst', [over, outage], true],
    ] as const) {
      shared.http.next(...answers);
      const outcome = await shared.clock.finish(core.real.reportRejected('a0', how));
      assert.equal(outcome.kind === 'notNow' && outcome.isNotValid, expected, how);
      await shared.clock.pass(60_000);
    }
    assert.equal(core.stored()?.state, 'signedIn');
  });

  it('is replaced by the first new token', async () => {
    shared.http.next(same(), over);
    await report();
    await shared.clock.pass(3_600_000);
    shared.http.next(pair('a1', 'r1'));
    const { tokens, state } = await shared.clock.finish(core.sessions.fresh('jane'));
    assert.deepEqual([tokens.accessToken, state], ['a1', 'signedIn']);
  });

  it('stays rejected while refreshes return the same token', async () => {
    shared.http.next(same(), over);
    await report();
    shared.http.next(same());
    const code = await shared.clock.finish(
      core.sessions.refreshNow('jane').catch((error: unknown) => (error as Failure).code),
    );
    assert.equal(code, 'tokenRejected');
    assert.equal(core.stored()?.state, 'rejected');
  });

  it('stays rejected when signing in again returns the same token', async () => {
    shared.http.next(same(), over);
    await report();
    const { account, tokens } = core.own[0] ?? {};
    assert.ok(account !== undefined && tokens !== undefined);
    await core.sessions.add({
      kind: 'signedIn',
      account,
      method: { kind: 'password' },
      startedAt: shared.clock.now(),
      answer: {
        kind: 'granted',
        accessToken: tokens.accessToken,
        refreshToken: tokens.refreshToken,
        expiresIn: 3_000,
        expiryIsEstimate: false,
        scopes: undefined,
      },
    });
    assert.equal(core.own.find(({ account: { user } }) => user === jane.user)?.state, 'rejected');
  });

  it('can be refreshed when it has expired by the time that it is found to be invalid', async () => {
    await shared.clock.pass(3_600_000 - 15_000);
    shared.http.takes = 3_000;
    shared.http.next(pair('a0', 'r0', 5), over);
    assert.equal((await report()).kind, 'refreshed', 'no need to sign in: the next one is due');
    shared.http.next(pair('a1', 'r1'));
    assert.equal((await shared.clock.finish(core.sessions.fresh('jane'))).tokens.accessToken, 'a1');
  });

  it('needs a new sign-in when the refresh token is also rejected', async () => {
    shared.http.next(invalidRefreshToken());
    assert.equal((await report()).kind, 'signInAgain');
    assert.equal(core.stored()?.state, 'signInAgain');
    const code = await shared.clock.finish(
      core.sessions.fresh('jane').catch((error: unknown) => (error as Failure).code),
    );
    assert.equal(code, 'signInAgain', 'the rejected token is returned to no caller');
  });

  it('is undecided when the outcome cannot be stored, and never throws', async () => {
    const stop = core.store.onDidChange(() => {
      core.secrets.failing = 'get';
    });
    shared.http.next(invalidRefreshToken());
    assert.equal((await report()).kind, 'notNow');
    stop();
    core.secrets.failing = undefined;
    await shared.clock.pass(10_000);
    shared.http.next(over);
    assert.equal((await report()).kind, 'signInAgain');
  });

  it('is unknown when it is not the token held now', async () => {
    for (const token of ['a-of-yesterday', '']) {
      assert.equal((await report(token)).kind, 'unknown');
    }
    assert.equal(shared.http.requests.length, 0);
  });

  it('is undecided during an outage, and is checked again after it', async () => {
    shared.http.next(answer(503));
    assert.equal((await report()).kind, 'notNow');
    assert.equal((await report()).kind, 'notNow');
    assert.equal(shared.http.requests.length, 1, 'answered from memory');
    assert.equal(core.stored()?.state, 'signedIn');
    await shared.clock.pass(2_000);
    shared.http.next(same(), answer(502));
    assert.equal((await report()).kind, 'notNow');
    assert.equal(core.stored()?.state, 'signedIn');
  });

  describe('found valid', () => {
    beforeEach(async () => {
      shared.http.next(same(), answer(200, { user: { username: 'jane' } }));
      assert.equal((await report()).kind, 'valid');
      assert.equal(shared.http.requests.length, 2);
    });

    it('stays valid for a minute, and is checked again after it', async () => {
      await shared.clock.pass(59_000);
      assert.equal((await report()).kind, 'valid');
      assert.equal(shared.http.requests.length, 2);
      await shared.clock.pass(1_000);
      shared.http.next(same(), over);
      assert.equal((await report()).kind, 'signInAgain');
    });

    it('is checked again after a minute by the steady clock', async () => {
      await shared.clock.pass(60_000);
      shared.clock.set(shared.clock.now() - 3_600_000);
      shared.http.next(pair('a1', 'r1'));
      assert.equal((await report()).kind, 'refreshed');
    });
  });

  it('is known to be invalid in every window, and no longer checked, once one window has found out', async () => {
    shared.http.next(same(), over);
    await report();
    const other = shared.openCore();
    for (const asked of [core, other, core]) {
      await shared.clock.pass(60_000);
      assert.equal((await shared.clock.finish(asked.real.reportRejected('a0'))).kind, 'signInAgain');
    }
    assert.equal(shared.http.requests.length, 2);
  });

  it('is decided within ten seconds if checkToken hangs', async () => {
    shared.http.next(same(), 'hang');
    const before = shared.clock.now();
    const rejection = await report();
    assert.ok(rejection.kind === 'notNow' && rejection.failure.code === 'timeout');
    assert.equal(shared.clock.now() - before, 10_100);
    assert.equal(core.stored()?.state, 'signedIn');
  });

  describe('while another account is signed in', () => {
    it('changes nothing for the other', async () => {
      const before = core.stored('olga');
      shared.http.next(same(), over);
      await report();
      assert.deepEqual(core.stored('olga'), before);
      shared.http.next(pair('b0', 's0', 3_000), over);
      await report('b0');
      assert.deepEqual([core.stored('jane')?.state, core.stored('olga')?.state], ['rejected', 'rejected']);
      assert.deepEqual(
        shared.http.requests.map(({ form }) => form['refresh_token'] ?? form['token']),
        ['r0', 'a0', 's0', 'b0'],
      );
    });

    it('does not make the other rejected when the refresh token is rejected', async () => {
      const before = core.stored('olga');
      shared.http.next(invalidRefreshToken('s0'));
      assert.equal((await report('b0')).kind, 'signInAgain');
      assert.deepEqual([core.stored('jane')?.state, core.stored('olga')?.state], ['signedIn', 'signInAgain']);
      shared.http.next(invalidRefreshToken('r0'));
      await report('a0');
      assert.equal(core.stored('jane')?.state, 'signInAgain');
      assert.notDeepEqual(before, core.stored('olga'));
    });

    it('is forgotten after a refresh: an old token belongs to no session, and nothing is sent', async () => {
      shared.http.next(pair('a1', 'r1'));
      await shared.clock.finish(core.sessions.refreshNow('jane'));
      await shared.clock.pass(20_000);
      const requests = shared.http.requests.length;
      for (const asked of [core, shared.openCore()]) {
        assert.equal((await shared.clock.finish(asked.real.reportRejected('a0'))).kind, 'unknown');
      }
      assert.equal(shared.http.requests.length, requests);
      assert.deepEqual([core.stored('jane')?.state, core.stored('olga')?.state], ['signedIn', 'signedIn']);
    });

    it('does not affect the other’s client when this one’s is rejected', async () => {
      await core.store.change((sessions) =>
        sessions.map((session) =>
          session.id === 'olga' ? { ...session, account: { ...olga, clientId: 'another-client' } } : session,
        ),
      );
      shared.http.next(badClient);
      assert.equal((await report()).kind, 'notNow');
      assert.deepEqual(
        ['jane', 'olga'].map((id) => core.stored(id)?.state),
        ['clientRejected', 'signedIn'],
      );
      assert.equal(core.refresher.failures.recall(core.stored('olga')!), undefined);
    });
  });
});
