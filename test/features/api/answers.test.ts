import '../../fakes/fakeVscode';
import assert from 'node:assert/strict';
import { accountId, accountLabel } from '../../../src/core/model/account';
import type { Session } from '../../../src/core/model/session';
import type { Host } from '../../../src/editor/host';
import { activeAccount, environments, explain } from '../../../src/features/api/answers';
import { monday } from '../../fakes/fakeClock';
import { fakeHost } from '../../fakes/fakeHost';
import { personalSettings, settingsTrouble } from '../../fakes/fakeVscode';
import { Installation, type TestCore } from '../../fakes/installation';
import { jane, pastedSession, sampleSession, sampleTokens } from '../../fakes/sampleSession';

const ofJane = { id: accountId(jane), label: accountLabel(jane) };
const omar = sampleSession({ id: 'omar', account: { ...jane, user: 'omar@acme.com' } });
const listed = [
  { name: 'dev', url: 'https://dev.reltio.com', tenant: 'AcmeDev01' },
  { name: 'prod', url: 'https://prod.reltio.com', authUrl: 'https://auth-eu.reltio.com', production: true },
  { name: 'evil', url: 'https://evil.example' },
];

describe('the answers to other extensions', () => {
  let installation: Installation;
  let core: TestCore;
  let host: Host;
  beforeEach(() => {
    installation = new Installation().alone();
    core = installation.openCore();
    host = fakeHost(core);
    personalSettings.set('reltioAuth.environments', listed);
  });
  afterEach(() => {
    personalSettings.clear();
    delete settingsTrouble.error;
    assert.deepEqual(installation.http.requests, [], 'nothing was sent');
  });
  const account = () => activeAccount(core.real, host);

  describe('about environments', () => {
    it('have those of the settings that can be used, in their order, and say which one is in use', async () => {
      await core.holds();
      assert.deepEqual(await environments(core.real, host), {
        environments: [
          {
            name: 'dev',
            url: 'https://dev.reltio.com',
            identityServer: 'https://auth.reltio.com',
            tenant: 'AcmeDev01',
            production: false,
            inUse: true,
          },
          {
            name: 'prod',
            url: 'https://prod.reltio.com',
            identityServer: 'https://auth-eu.reltio.com',
            production: true,
            inUse: false,
          },
        ],
      });
    });

    it('say that none is in use where the user has not chosen one', async () => {
      personalSettings.set('reltioAuth.environments', [listed[0], { name: 'test', url: 'https://test.reltio.com' }]);
      await core.holds();
      const inUse = async () => (await environments(core.real, host)).environments.map((one) => one.inUse);
      assert.deepEqual(await inUse(), [false, false]);
      const [, test] = host.environmentInUse.all;
      assert.ok(test !== undefined);
      await host.environmentInUse.choose(test);
      assert.deepEqual(await inUse(), [false, true]);
    });

    it('are empty without any, and while the settings cannot be read', async () => {
      personalSettings.clear();
      assert.deepEqual(await environments(core.real, host), { environments: [] });
      settingsTrouble.error = new Error('busy');
      assert.deepEqual(await environments(core.real, host), { environments: [] });
    });

    it('are there while the secret storage cannot be read', async () => {
      await core.holds();
      for (const how of ['get', 'hang'] as const) {
        const late = installation.openCore();
        late.secrets.failing = how;
        const lateHost = fakeHost(late);
        await lateHost.settings.read(); // loads files, which takes time that the clock does not measure
        const answer = await installation.clock.finish(environments(late.real, lateHost));
        assert.equal(answer.environments.length, 2);
      }
    });
  });

  describe('about the account in use', () => {
    it('name it as VS Code does, with the environment in use', async () => {
      await core.holds();
      assert.deepEqual(await account(), {
        state: 'signedIn',
        account: ofJane,
        identityServer: 'https://auth.reltio.com',
        environment: 'dev',
      });
    });

    it('say if there is none', async () => {
      assert.deepEqual(await account(), { state: 'signedOut' });
    });

    it('name no account before the user has chosen one of several', async () => {
      await core.holds(omar);
      await core.holds();
      assert.deepEqual(await account(), { state: 'notChosen' });
      await host.accountInUse.choose(jane);
      assert.equal((await account()).account?.id, ofJane.id);
    });

    it('name no substitute for an account that has signed out', async () => {
      await core.holds(omar);
      await host.accountInUse.choose(jane);
      assert.deepEqual(await account(), { state: 'notChosen' });
    });

    it('leave out the environment that another account is for', async () => {
      personalSettings.set('reltioAuth.environments', [listed[1]]);
      await core.holds();
      assert.equal('environment' in (await account()), false);
    });

    it('say whether the user must act for a token', async () => {
      const states: readonly (readonly [session: Partial<Session>, hours: number, state: string])[] = [
        [{}, 0, 'signedIn'],
        [{}, 2, 'signedIn'],
        [{ state: 'signInAgain' }, 2, 'actionNeeded'],
        [{ state: 'clientRejected' }, 2, 'actionNeeded'],
        [{ state: 'rejected' }, 0, 'actionNeeded'],
        [{ state: 'rejected' }, 2, 'signedIn'],
        [{ tokens: withoutRefresh() }, 0, 'signedIn'],
        [{ tokens: withoutRefresh() }, 2, 'actionNeeded'],
        [pastedSession(), 0, 'signedIn'],
        [pastedSession(), 2, 'actionNeeded'],
      ];
      for (const [session, hours, state] of states) {
        installation = new Installation().alone();
        core = installation.openCore();
        host = fakeHost(core);
        await core.holds(session);
        installation.clock.set(monday + hours * 3_600_000);
        assert.equal((await account()).state, state, JSON.stringify([session.state, hours]));
      }
    });

    it('say why it cannot be read', async () => {
      await core.holds();
      for (const how of ['get', 'hang'] as const) {
        const late = installation.openCore();
        late.secrets.failing = how;
        const { state, problem, ...rest } = await installation.clock.finish(activeAccount(late.real, fakeHost(late)));
        assert.deepEqual([state, rest], ['unavailable', {}]);
        assert.match(problem ?? '', /secret storage|keyring/);
      }
    });
  });

  it('say that the stored sessions are damaged', async () => {
    await core.holds();
    installation.secrets.put('sessions', '{"version":');
    core = installation.openCore();
    const { state, problem } = await activeAccount(core.real, fakeHost(core));
    assert.equal(state, 'unavailable');
    assert.match(problem ?? '', /damaged/);
  });

  describe('about a failed call', () => {
    const ask = async (question: unknown) => await explain(core.real, host, question);
    const rejected = {
      status: 401,
      body: '{"error":"invalid_token"}',
      url: 'https://dev.reltio.com/reltio/api/AcmeDev01',
    };

    it('have a kind, a sentence, what to do, and how long to wait', async () => {
      const { kind, message, nextStep, ...rest } = await ask(rejected);
      assert.deepEqual([kind, rest], ['tokenExpiredOrRejected', {}]);
      assert.match(message, /^dev\.reltio\.com does not accept the token \(HTTP 401\): /);
      assert.match(nextStep ?? '', /^Try again/);
      const limited = await ask({ status: 429, headers: { 'Retry-After': '0.5' } });
      assert.equal(limited.retryAfterSeconds, 1);
      assert.match(limited.nextStep ?? '', /^Try again in 1 second,/);
    });

    it('know the environments, by name and by address', async () => {
      const call = { status: 403, body: '', url: 'https://prod.reltio.com/reltio/api/x', environment: 'dev' };
      assert.deepEqual(await ask(call), {
        kind: 'wrongHost',
        message: 'The request went to prod.reltio.com, but the environment "dev" is at dev.reltio.com (HTTP 403).',
        nextStep: 'Send it to dev.reltio.com, or correct the address of the environment in reltioAuth.environments.',
      });
      assert.equal((await ask({ ...call, environment: 'unknown' })).kind, 'ipAllowList');
      assert.equal((await ask({ ...call, environment: ' prod ' })).kind, 'ipAllowList');
    });

    it('know the account that sent the token, by id, by label and as VS Code has it', async () => {
      await core.holds();
      const call = { ...rejected, url: 'https://prod.reltio.com/' };
      for (const sender of [ofJane, ofJane.id, ofJane.label]) {
        const { kind, message } = await ask({ ...call, account: sender });
        assert.equal(kind, 'wrongIdentityServer');
        assert.match(
          message,
          /from auth\.reltio\.com, but the environment "prod" accepts only those of auth-eu\.reltio\.com/,
        );
        assert.equal((await ask({ ...rejected, account: sender })).kind, 'tokenExpiredOrRejected');
      }
      assert.match((await ask(call)).nextStep ?? '', /choose auth-eu\.reltio\.com/);
    });

    it('name no host that nobody trusts, and no environment that nobody set up', async () => {
      const call = { status: 401, url: 'https://evil.example/x', environment: 'nowhere' };
      const { kind, ...sentences } = await ask(call);
      assert.equal(kind, 'wrongHost');
      assert.doesNotMatch(JSON.stringify(sentences), /evil|nowhere/);
      assert.doesNotMatch(JSON.stringify(await ask({ ...call, environment: 'dev' })), /evil/);
    });

    it('need neither settings nor accounts', async () => {
      settingsTrouble.error = new Error('busy');
      assert.equal((await ask({ status: 503 })).kind, 'outage');
      assert.equal((await ask(rejected)).kind, 'tokenExpiredOrRejected');
    });
  });
});

function withoutRefresh() {
  const { refreshToken: _none, refreshTokenReceivedAt: _never, ...tokens } = sampleTokens();
  return tokens;
}
