import { personalSettings } from '../../../fakes/fakeVscode';
import assert from 'node:assert/strict';
import { Failure, isFailure } from '../../../../src/core/base/failure';
import { accountLabel, type Account } from '../../../../src/core/model/account';
import type { Host } from '../../../../src/editor/host';
import { SessionTokens } from '../../../../src/features/handoff/access/sessionTokens';
import type { Wanted } from '../../../../src/features/handoff/access/workspaceTokens';
import { monday } from '../../../fakes/fakeClock';
import { fakeHost } from '../../../fakes/fakeHost';
import { pair } from '../../../fakes/fakeHttp';
import { Installation, type TestCore } from '../../../fakes/installation';
import { jane, pastedSession, robot, robotSession, sampleTokens } from '../../../fakes/sampleSession';

const omar: Account = { ...jane, user: 'Omar@acme.com' };
const stage: Account = { ...jane, identityServer: 'https://auth-stg.reltio.com' };
const settings = [
  { name: 'dev', url: 'https://dev.reltio.com' },
  { name: 'stage', url: 'https://stage.reltio.com', authUrl: stage.identityServer },
  { name: 'loader', url: 'https://loader.reltio.com', clientId: robot.clientId },
];

describe('the tokens of this workspace, for programs', () => {
  let installation: Installation;
  let core: TestCore;
  let host: Host;
  let tokens: SessionTokens;
  beforeEach(() => {
    installation = new Installation().alone();
    core = installation.openCore();
    personalSettings.set('reltioAuth.environments', settings);
    host = fakeHost(core);
    tokens = new SessionTokens(core.real, host);
  });
  afterEach(() => {
    personalSettings.clear();
  });
  const signIn = async (id: string, account: Account): Promise<void> => {
    await core.holds({ id, account, tokens: sampleTokens({ accessToken: `token of ${id}` }) });
  };
  const found = async (wanted: Wanted): Promise<string> =>
    tokens.find(wanted).then(
      ({ session }) => session.id,
      (error: unknown) =>
        isFailure(error)
          ? [error.code, error.host, ...error.names].filter((part) => part !== undefined).join(' ')
          : '?',
    );
  const failureOf = async (wanted: Wanted): Promise<Failure> => {
    const error: unknown = await tokens.fresh(wanted).then(
      () => assert.fail('there is a token'),
      (thrown: unknown) => thrown,
    );
    return isFailure(error) ? error : assert.fail(String(error));
  };

  describe('without a name', () => {
    it('are those of the account in use', async () => {
      assert.equal(await found({}), 'notSignedIn');
      await signIn('jane', jane);
      assert.equal(await found({}), 'jane');
      await signIn('omar', omar);
      assert.equal(await found({}), 'jane', 'an account that signs in later does not replace it');
      await host.accountInUse.choose(omar);
      assert.equal(await found({}), 'omar');
    });

    it('are none if several accounts are signed in and none is in use: nobody is asked', async () => {
      await signIn('jane', jane);
      await signIn('omar', omar);
      assert.equal(await found({}), `noAccountInUse ${accountLabel(jane)} ${accountLabel(omar)}`);
    });

    it('are never those of a substitute for the account in use', async () => {
      await signIn('jane', jane);
      await host.accountInUse.choose(omar);
      assert.equal(await found({}), `signedOut ${accountLabel(omar)}`);
    });
  });

  describe('of an account', () => {
    it('are found by its label, or by its user name in any case', async () => {
      await signIn('jane', jane);
      await signIn('omar', omar);
      for (const account of [accountLabel(omar), 'omar@acme.com', 'OMAR@ACME.COM']) {
        assert.equal(await found({ account }), 'omar', account);
      }
      assert.equal(await found({ account: 'omar' }), `accountUnknown ${accountLabel(jane)} ${accountLabel(omar)}`);
    });

    it('are those of the one in use if the user name fits several, or else of none', async () => {
      await signIn('jane', jane);
      await signIn('stage', stage);
      const account = 'jane@acme.com';
      assert.equal(await found({ account }), `accountAmbiguous ${accountLabel(jane)} ${accountLabel(stage)}`);
      assert.equal(await found({ account: accountLabel(stage) }), 'stage');
      assert.equal(await found({ account, environment: 'dev' }), 'jane');
      await host.accountInUse.choose(stage);
      assert.equal(await found({ account }), 'stage');
    });
  });

  describe('for an environment', () => {
    it('are those of the only account that fits, whichever is in use', async () => {
      await signIn('jane', jane);
      await signIn('stage', stage);
      await host.accountInUse.choose(jane);
      assert.equal(await found({ environment: 'stage' }), 'stage');
      assert.equal((await tokens.find({ environment: 'stage' })).environment?.name, 'stage');
      assert.equal(await found({ environment: 'loader' }), 'noAccountFits auth.reltio.com');
    });

    it('are those of the one in use if several fit, or else of none', async () => {
      await signIn('jane', jane);
      await signIn('omar', omar);
      assert.equal(await found({ environment: 'dev' }), `accountAmbiguous ${accountLabel(jane)} ${accountLabel(omar)}`);
      await host.accountInUse.choose(jane);
      assert.equal(await found({ environment: 'dev' }), 'jane');
    });

    it('are none if the account that is named has none there, or the name is not exact', async () => {
      await signIn('jane', jane);
      await signIn('stage', stage);
      assert.equal(
        await found({ account: accountLabel(jane), environment: 'stage' }),
        'accountElsewhere auth-stg.reltio.com',
      );
      for (const environment of ['Dev', 'de', '']) {
        assert.equal(await found({ environment }), 'environmentUnknown dev stage loader');
      }
    });
  });

  it('name the environment in use with the account, if there is one', async () => {
    await signIn('stage', stage);
    assert.equal((await tokens.find({})).environment?.name, 'stage');
    await signIn('jane', jane);
    assert.equal((await tokens.find({ account: accountLabel(jane) })).environment?.name, 'dev');
    personalSettings.delete('reltioAuth.environments');
    tokens = new SessionTokens(core.real, fakeHost(core));
    assert.equal((await tokens.find({ account: accountLabel(jane) })).environment, undefined);
  });

  it('are missing because of the storage, if it cannot be read', async () => {
    Object.defineProperty(core.sessions, 'problem', { get: () => new Failure('storeDamaged') });
    assert.equal(await found({}), 'storeDamaged');
    core.sessions.usable = () => Promise.reject(new Failure('storeNewer'));
    assert.equal(await found({}), 'storeNewer');
  });

  describe('for a while', () => {
    const left = (seconds: number) =>
      sampleTokens({ accessToken: 'old', accessTokenExpiresAt: monday + seconds * 1000 });

    it('are refreshed if less is left, in one request for 50 calls', async () => {
      await core.holds({ tokens: left(300) });
      await installation.clock.pass(5_000);
      installation.http.always = pair('new', 'r1');
      assert.equal((await tokens.fresh({ minTtl: 295 })).session.tokens.accessToken, 'old');
      const calls = Array.from({ length: 50 }, () => tokens.fresh({ minTtl: 296 }));
      const all = await Promise.all(calls);
      assert.deepEqual(new Set(all.map(({ session }) => session.tokens.accessToken)), new Set(['new']));
      assert.equal(installation.http.requests.length, 1);
    });

    it('are not requested again and again by a call that wants more than any token has', async () => {
      await core.holds({ tokens: left(300) });
      await installation.clock.pass(5_000);
      let issued = 0;
      installation.http.always = () => pair(`new-${(issued += 1)}`, 'r1');
      for (let second = 0; second < 10; second += 1) {
        const { code, secondsLeft, retryAt } = await failureOf({ minTtl: 7_200 });
        assert.deepEqual([code, secondsLeft, retryAt], ['expiresTooSoon', 3_600 - second, undefined]);
        await installation.clock.pass(1_000);
      }
      await failureOf({ minTtl: 7_200 });
      assert.equal(installation.http.requests.length, 1, 'that token is known to be too short');
      assert.equal((await tokens.fresh({ minTtl: 3_600 })).session.tokens.accessToken, 'new-2');
      await installation.clock.pass(3_000);
      await failureOf({ minTtl: 7_200 });
      assert.equal(installation.http.requests.length, 2, 'too soon after the last one');
      await installation.clock.pass(10_000);
      await failureOf({ minTtl: 7_200 });
      await installation.clock.pass(10_000);
      await failureOf({ minTtl: 7_201 });
      assert.equal(installation.http.requests.length, 3, 'once for another token');
    });

    it('are refused, with the time of the next token, where Reltio returns the same one until it has expired', async () => {
      await core.holds({ tokens: left(300) });
      await installation.clock.pass(5_000);
      installation.http.always = pair('old', 'r1', 295);
      const { code, secondsLeft, retryAt } = await failureOf({ minTtl: 600 });
      assert.deepEqual([code, secondsLeft, retryAt], ['expiresTooSoon', 295, monday + 300_000]);
      await installation.clock.pass(60_000);
      assert.equal((await failureOf({ minTtl: 600 })).secondsLeft, 235);
      assert.equal(installation.http.requests.length, 1);
    });

    it('are refused with the reason if Reltio cannot be reached; the failure is remembered as for every caller', async () => {
      await core.holds({ tokens: left(300) });
      await installation.clock.pass(5_000);
      const { code, secondsLeft, cause } = await failureOf({ minTtl: 600 });
      assert.deepEqual([code, secondsLeft], ['expiresTooSoon', 295]);
      assert.ok(isFailure(cause) && cause.code === 'unreachable');
      assert.equal((await tokens.fresh({})).session.tokens.accessToken, 'old');
    });

    it('of a client are not asked for early, and those that were pasted not at all', async () => {
      const { tokens: robots } = await core.holds(robotSession(), { id: robot.clientId, secret: 'secret' });
      const late = await failureOf({ minTtl: 7_200 });
      assert.deepEqual([late.code, late.retryAt], ['expiresTooSoon', robots.accessTokenExpiresAt]);
      await core.holds(pastedSession());
      const pasted = await failureOf({ account: 'jane@acme.com', minTtl: 7_200 });
      assert.deepEqual([pasted.code, pasted.retryAt], ['expiresTooSoon', undefined]);
      assert.equal(installation.http.requests.length, 0);
    });
  });
});
