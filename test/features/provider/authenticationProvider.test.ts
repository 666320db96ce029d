import { shownMessages } from '../../fakes/fakeVscode';
import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { AuthenticationProvider } from '../../../src/features/provider/authenticationProvider';
import { promptLimit } from '../../../src/features/provider/requestedSignIn';
import type { WantedAccount } from '../../../src/features/provider/wantedAccount';
import { accountId, accountLabel } from '../../../src/core/model/account';
import type { Session } from '../../../src/core/model/session';
import type { SignedIn } from '../../../src/core/calls/signInAttempt';
import { parseEnvironments } from '../../../src/editor/settings/environments';
import type { SettingsValue } from '../../../src/editor/settings/settingsValue';
import { Failure } from '../../../src/core/base/failure';
import { outdatedNotice } from '../../../src/editor/messages/outdatedNotice';
import { answer, pair } from '../../fakes/fakeHttp';
import { FakeMemory } from '../../fakes/fakeMemory';
import { preloadedProvider } from '../../fakes/preloadedProvider';
import { jane, sampleSession, sampleTokens } from '../../fakes/sampleSession';
import { Installation, type TestCore } from '../../fakes/installation';
import { monday } from '../../fakes/fakeClock';

const hour = 3_600_000;
const omar = { ...jane, user: 'omar@acme.com' };

describe('the authentication provider', () => {
  let installation: Installation;
  let core: TestCore;
  let provider: AuthenticationProvider;
  let events: vscode.AuthenticationProviderAuthenticationSessionsChangeEvent[];
  let offered: string[];
  let prompted: WantedAccount[];
  let asked: number;
  let onPrompt: () => Promise<Session>;
  let isRightOne: (session: Session) => boolean;
  let readSettings: () => Promise<SettingsValue>;

  beforeEach(() => {
    installation = new Installation().alone(); // with several accounts the provider behaves differently: twoAccounts.test.ts
    core = installation.openCore();
    events = [];
    offered = [];
    prompted = [];
    asked = 0;
    onPrompt = () => Promise.reject(new Failure('cancelled'));
    const settings = parseEnvironments(
      [
        { name: 'dev', url: 'https://dev.reltio.com' },
        { name: 'stage', url: 'https://tst.reltio.com', authUrl: 'https://auth-stg.reltio.com', clientId: 'acme_dev' },
        { name: 'qa', url: 'https://qa.reltio.com', clientId: 'acme_qa' },
        { name: 'test', url: 'https://test.reltio.com', clientId: 'acme_test' },
        { name: 'corp', url: 'https://api.corp.example' },
      ],
      ['reltio.com'],
    );
    readSettings = () =>
      Promise.resolve({
        ...settings,
        identityServers: ['https://auth-stg.reltio.com', 'https://auth.reltio.com'],
        trusted: ['reltio.com'],
      });
    provider = new AuthenticationProvider({
      ...preloadedProvider(core),
      sessions: core.sessions,
      onDidChangeSessions: core.store.onDidChange,
      signIn: {
        start: (wanted, limit, isWanted) => {
          assert.equal(limit, promptLimit);
          prompted.push(wanted);
          isRightOne = isWanted;
          return onPrompt();
        },
      },
      asked: () => (asked += 1),
      readSettings: () => readSettings(),
      offerRemedy: (session) => offered.push(`${session.id} ${session.state}`),
      noticeOutdated: outdatedNotice(),
      log: installation.log,
    });
    provider.onDidChangeSessions((event) => events.push(event));
  });
  afterEach(() => {
    provider.dispose();
  });

  const expired = (refreshToken: string) => sampleTokens({ accessToken: `expired ${refreshToken}`, refreshToken });
  const passAnHour = () => installation.clock.pass(hour + 1);
  const ask = (scopes: readonly string[], account?: vscode.AuthenticationSessionAccountInformation) =>
    installation.clock.finish(provider.getSessions(scopes, account === undefined ? {} : { account }));
  const signedInWith = (accessToken: string, expiresIn: number): SignedIn => ({
    kind: 'signedIn',
    account: jane,
    method: { kind: 'password' },
    startedAt: installation.clock.now(),
    answer: { kind: 'granted', accessToken, refreshToken: 'r0', expiresIn, expiryIsEstimate: false, scopes: undefined },
  });
  const scopesAdded = () => events.flatMap(({ added }) => (added ?? []).map(({ scopes }) => scopes));
  const accountOf = (session: Session) => ({ id: accountId(session.account), label: accountLabel(session.account) });

  it('ticks off the walkthrough once an extension has asked and there was a session, not for the menu', async () => {
    await ask([]);
    await provider.getSessions(undefined);
    assert.equal(asked, 0, 'nobody is signed in');
    await core.holds();
    await provider.getSessions(undefined);
    assert.equal(asked, 0, 'the menu is no extension');
    await ask(['unknown_api']);
    assert.equal(asked, 0, 'no session has that scope');
    await ask([]);
    assert.equal(asked, 1);
    await assert.rejects(provider.createSession(['RELTIO_ENVIRONMENT:stage']));
    assert.equal(asked, 1, 'the user has cancelled');
    onPrompt = async () => (await core.holds({ id: 'new' }), core.sessions.known[0] ?? sampleSession());
    await installation.clock.finish(provider.createSession([]));
    assert.equal(asked, 2);
  });

  it('tells the user once to reload an outdated window, and the other extension each time', async () => {
    shownMessages.length = 0;
    await core.holds();
    await passAnHour();
    for (let times = 0; times < 2; times += 1) {
      installation.http.next({ kind: 'failure', code: 'windowOutdated' });
      await assert.rejects(ask([]), { message: /^Reltio Authentication was updated .* Reload the window/ });
    }
    readSettings = () => Promise.reject(Object.assign(new Error('Cannot find x'), { code: 'MODULE_NOT_FOUND' }));
    await assert.rejects(ask([]), { message: /Reload the window/ });
    assert.deepEqual(
      shownMessages.map(({ texts }) => texts.at(-1)),
      ['Reload Window'],
    );
  });

  describe('for the menu', () => {
    it('shows the stored sessions without any request, expired or not', async () => {
      await core.holds();
      await passAnHour();
      const [session] = await provider.getSessions(undefined, {});
      assert.equal(session?.accessToken, 'a0');
      assert.equal(installation.http.requests.length, 0);
    });

    it('never throws', async () => {
      core.secrets.failing = 'get';
      installation.stateFile.state = { storeId: 's', revision: 1, sessions: 1 };
      assert.deepEqual(await provider.getSessions(undefined, {}), []);
    });
  });

  describe('for another extension', () => {
    it('returns the scopes as requested, also for the empty list', async () => {
      await core.holds();
      const scopes = Object.freeze(['entities_api', 'configuration_api', 'entities_api']);
      assert.deepEqual((await ask(scopes))[0]?.scopes, scopes);
      assert.deepEqual((await ask([]))[0]?.scopes, []);
    });

    it('refreshes an expired token first', async () => {
      await core.holds();
      await passAnHour();
      installation.http.next(pair('a1', 'r1'));
      assert.equal((await ask(['entities_api']))[0]?.accessToken, 'a1');
    });

    it('rejects with a sentence in an outage when the token has expired', async () => {
      await core.holds();
      await passAnHour();
      installation.http.next({ kind: 'failure', code: 'dns' });
      await assert.rejects(ask(['entities_api']), { message: /^auth\.reltio\.com was not found/ });
    });

    it('returns the valid token in an outage', async () => {
      await core.holds();
      await installation.clock.pass(hour - 30_000);
      installation.http.next({ kind: 'failure', code: 'dns' });
      assert.equal((await ask([]))[0]?.accessToken, 'a0');
    });

    it('returns nothing when the refresh token is rejected, so that VS Code prompts', async () => {
      await core.holds();
      await passAnHour();
      installation.http.next(answer(400, { error: 'invalid_grant' }));
      assert.deepEqual(await ask([]), []);
      assert.deepEqual(offered, [], 'VS Code asks the user itself');
    });

    it('returns the expired token of one of several accounts that cannot be refreshed', async () => {
      await core.holds({ tokens: expired('r-dead') });
      await core.holds({
        id: 'omar',
        account: omar,
        tokens: sampleTokens({ accessTokenExpiresAt: monday + 9 * hour }),
      });
      await passAnHour();
      installation.http.next(answer(400, { error: 'invalid_grant' }));
      const sessions = await ask([]);
      assert.deepEqual(sessions.map(({ accessToken }) => accessToken).sort(), ['a0', 'expired r-dead']);
      assert.deepEqual(offered, ['jane signInAgain'], 'as it is after the refresh');
    });

    it('notifies the user of one of several accounts whose token Reltio rejected before its expiry', async () => {
      await core.holds({ state: 'rejected' });
      await core.holds({ id: 'omar', account: omar });
      assert.equal((await ask([])).length, 2);
      assert.deepEqual(offered, ['jane rejected']);
    });

    describe('whose refresh the server answers with errors', () => {
      const failing = answer(500);
      const askFor = async (minutes: number): Promise<void> => {
        for (let minute = 0; minute < minutes; minute += 5) {
          await ask([]).catch(() => undefined);
          await installation.clock.pass(5 * 60_000);
        }
      };

      it('rejects with a sentence for an hour, then returns nothing, so that VS Code prompts', async () => {
        await core.holds();
        await passAnHour();
        installation.http.always = failing;
        await askFor(55);
        await assert.rejects(ask([]), { message: /^auth\.reltio\.com is having problems \(HTTP 500\)/ });
        await askFor(10);
        assert.deepEqual(await ask([]), []);
        assert.deepEqual(offered, [], 'VS Code asks the user itself');
        assert.equal(core.stored()?.tokens.refreshToken, 'r0', 'kept until a sign-in succeeds');
      });

      it('prompts then, and keeps the old session if the user cancels', async () => {
        await core.holds();
        await passAnHour();
        installation.http.always = failing;
        await askFor(70);
        const creating = provider.createSession([], {});
        await assert.rejects(installation.clock.finish(creating), { name: 'Canceled' });
        assert.equal(prompted.length, 1);
        assert.equal(core.stored()?.tokens.refreshToken, 'r0');
      });

      it('returns its expired token beside another account, and notifies the user', async () => {
        await core.holds({ tokens: expired('r-jane') });
        const tokens = sampleTokens({ accessTokenExpiresAt: monday + 9 * hour });
        await core.holds({ id: 'omar', account: omar, tokens });
        await passAnHour();
        installation.http.always = failing;
        await askFor(70);
        const sessions = await ask([]);
        assert.deepEqual(sessions.map(({ id }) => id).sort(), ['jane', 'omar']);
        assert.deepEqual([...new Set(offered)], ['jane signedIn']);
      });

      it('removes the entry "Sign in with Reltio to use X" when a refresh succeeds at last', async () => {
        await core.holds();
        await passAnHour();
        installation.http.always = failing;
        await askFor(70);
        assert.deepEqual(await ask(['entities_api']), []);
        installation.http.always = pair('a1', 'r1');
        await installation.clock.pass(60_000);
        assert.equal((await ask([]))[0]?.accessToken, 'a1');
        await installation.clock.pass(0);
        assert.deepEqual(
          scopesAdded().filter((scopes) => scopes.length === 1),
          [['entities_api']],
        );
      });

      it('rejects with a sentence, however long, while no server answers: a sign-in could not help', async () => {
        await core.holds();
        await passAnHour();
        installation.http.always = { kind: 'failure', code: 'dns' };
        await askFor(180);
        await assert.rejects(ask([]), { message: /^auth\.reltio\.com was not found/ });
      });
    });

    it('leaves out an account that lacks a scope', async () => {
      await core.holds();
      assert.deepEqual(await ask(['made_up_api']), []);
    });

    it('returns the requested account, by id or by label', async () => {
      await core.holds();
      const omars = await core.holds({ id: 'omar', account: omar });
      assert.deepEqual(
        (await ask([], accountOf(omars))).map(({ id }) => id),
        ['omar'],
      );
      assert.deepEqual(
        (await ask([], { id: 'old id', label: accountLabel(omar) })).map(({ id }) => id),
        ['omar'],
      );
    });

    it('takes no account where an extension passes null for it, which VS Code passes on', async () => {
      const none = { account: null } as unknown as vscode.AuthenticationProviderSessionOptions;
      onPrompt = () => core.holds();
      assert.equal((await provider.createSession([], none)).id, 'jane');
      assert.deepEqual(prompted, [{}]);
      for (const scopes of [undefined, []]) {
        assert.equal((await installation.clock.finish(provider.getSessions(scopes, none))).length, 1);
      }
      const constraint = { challenges: [{ scheme: 'Bearer', params: {} }] };
      assert.equal((await installation.clock.finish(provider.getSessionsFromChallenges(constraint, none))).length, 1);
    });

    it('returns only the accounts of its client for an environment that names one', async () => {
      await core.holds({ id: 'test', account: { ...jane, clientId: 'acme_test' } });
      assert.deepEqual(await ask(['RELTIO_ENVIRONMENT:qa']), []);
      await core.holds({ id: 'qa', account: { ...jane, clientId: 'acme_qa' } });
      const idsFor = async (name: string) => (await ask([`RELTIO_ENVIRONMENT:${name}`])).map(({ id }) => id);
      assert.deepEqual(await idsFor('qa'), ['qa']);
      assert.deepEqual(await idsFor('test'), ['test']);
      assert.deepEqual((await idsFor('dev')).sort(), ['qa', 'test'], 'it names none');
    });

    it('says why an environment of the settings cannot be used', async () => {
      await assert.rejects(ask(['RELTIO_ENVIRONMENT:corp']), { message: /api\.corp\.example is not a trusted host/ });
    });

    it('says what to do when the sessions were written by a newer version', async () => {
      installation.secrets.put('sessions', '{"version":99}');
      installation.stateFile.state = { storeId: 's', revision: 1, sessions: 1 };
      await assert.rejects(ask([]), {
        message: /newer version of Reltio Authentication and were not changed\. Update this extension/,
      });
    });
  });

  describe('signing in for another extension', () => {
    it('returns a fitting session that arrived since the extension asked', async () => {
      assert.deepEqual(await ask(['entities_api']), []);
      await core.holds();
      const session = await provider.createSession(['entities_api'], {});
      assert.equal(session.id, 'jane');
      assert.deepEqual(session.scopes, ['entities_api']);
      assert.equal(prompted.length, 0);
    });

    it('returns a fitting session that VS Code has kept without a trace elsewhere, instead of asking for a password', async () => {
      core.real.dispose(); // what follows happens before it can see it
      const other = installation.openCoreOf(new FakeMemory()); // of another profile
      await other.holds();
      installation.stateFile.state = 'missing';
      assert.deepEqual(await ask([]), []);
      assert.equal((await installation.clock.finish(provider.createSession([], {}))).id, 'jane');
      assert.equal(prompted.length, 0);
    });

    it('prompts when the extension has a session and wants another', async () => {
      await core.holds();
      await ask(['entities_api']);
      onPrompt = () => core.holds({ id: 'omar', account: omar });
      assert.equal((await provider.createSession(['entities_api'], {})).id, 'omar');
      assert.equal(prompted.length, 1);
    });

    it('prompts when the extension waits for another account than the one that is there', async () => {
      await core.holds();
      assert.deepEqual(await ask(['entities_api'], accountOf(sampleSession({ account: omar }))), []);
      onPrompt = () => core.holds({ id: 'omar', account: omar });
      // by the entry in the Accounts menu, which does not say for which account it was made
      assert.equal((await provider.createSession(['entities_api'], {})).id, 'omar');
      assert.deepEqual(prompted, [{}]);
    });

    it('returns the account that the extension waits for, if it has arrived, and any if another waits for any', async () => {
      const omars = sampleSession({ id: 'omar', account: omar });
      await ask(['entities_api'], accountOf(omars));
      await ask(['configuration_api']);
      await ask(['configuration_api'], accountOf(omars));
      await core.holds();
      await core.holds({ id: 'omar', account: omar });
      assert.equal((await provider.createSession(['entities_api'], {})).id, 'omar');
      assert.equal((await provider.createSession(['configuration_api'], {})).id, 'jane');
      assert.deepEqual(prompted, []);
    });

    it('asks for exactly the requested account: user, server, client and method are fixed', async () => {
      const session = await core.holds();
      onPrompt = () => Promise.resolve(session);
      await provider.createSession([], { account: accountOf(session) });
      assert.deepEqual(prompted, [{ ...jane, method: { kind: 'password' } }]);
    });

    it('parses the id of an account that is no longer signed in', async () => {
      onPrompt = () => core.holds();
      await provider.createSession([], { account: { id: accountId(jane), label: accountLabel(jane) } });
      assert.deepEqual(prompted, [jane]);
    });

    it('uses the identity server and client of the environment', async () => {
      onPrompt = () =>
        core.holds({ account: { ...jane, identityServer: 'https://auth-stg.reltio.com', clientId: 'acme_dev' } });
      await provider.createSession(['RELTIO_ENVIRONMENT:stage'], {});
      assert.deepEqual(prompted, [{ identityServer: 'https://auth-stg.reltio.com', clientId: 'acme_dev' }]);
    });

    it('decides whether a sign-in that it joins is the right one: of the server and of the account', async () => {
      const stage = { ...jane, identityServer: 'https://auth-stg.reltio.com', clientId: 'acme_dev' };
      onPrompt = () => core.holds({ account: stage });
      await provider.createSession(['RELTIO_ENVIRONMENT:stage'], {});
      assert.deepEqual([isRightOne(sampleSession()), isRightOne(sampleSession({ account: stage }))], [false, true]);
      const omars = await core.holds({ id: 'omar', account: omar });
      onPrompt = () => Promise.resolve(omars);
      await provider.createSession([], { account: accountOf(omars) });
      assert.deepEqual([isRightOne(sampleSession()), isRightOne(omars)], [false, true]);
    });

    it('accepts no session of another client than the environment names: not one that arrived, nor one that it joined', async () => {
      const test = { ...jane, clientId: 'acme_test' };
      assert.deepEqual(await ask(['RELTIO_ENVIRONMENT:qa']), []);
      await core.holds({ id: 'test', account: test });
      onPrompt = () => core.holds({ id: 'qa', account: { ...jane, clientId: 'acme_qa' } });
      assert.equal((await provider.createSession(['RELTIO_ENVIRONMENT:qa'], {})).id, 'qa');
      assert.deepEqual(prompted, [{ identityServer: 'https://auth.reltio.com', clientId: 'acme_qa' }]);
      assert.equal(isRightOne(sampleSession({ account: test })), false);
      assert.equal(isRightOne(sampleSession({ account: { ...jane, clientId: 'acme_qa' } })), true);
    });

    it('announces no session of another client to an extension that waits for an environment', async () => {
      assert.deepEqual(await ask(['RELTIO_ENVIRONMENT:qa']), []);
      await core.sessions.add({ ...signedInWith('a1', 3600), account: { ...jane, clientId: 'acme_test' } });
      await installation.clock.pass(0);
      assert.ok(!scopesAdded().some((scopes) => scopes.includes('RELTIO_ENVIRONMENT:qa')));
      await core.sessions.add({ ...signedInWith('a2', 3600), account: { ...jane, clientId: 'acme_qa' } });
      await installation.clock.pass(0);
      assert.ok(scopesAdded().some((scopes) => scopes.includes('RELTIO_ENVIRONMENT:qa')));
    });

    it('refuses an account of another client than the environment names, before it prompts', async () => {
      const session = await core.holds({ account: { ...jane, clientId: 'acme_test' } });
      await assert.rejects(provider.createSession(['RELTIO_ENVIRONMENT:qa'], { account: accountOf(session) }), {
        message: /uses client acme_test, and environment "qa" requires acme_qa\./,
      });
      assert.equal(prompted.length, 0);
    });

    it('prompts once and refuses when the user signed in elsewhere', async () => {
      onPrompt = () => core.holds();
      await assert.rejects(provider.createSession(['RELTIO_ENVIRONMENT:stage'], {}), {
        message: 'You signed in as jane@acme.com (auth.reltio.com), but stage was requested. Try again.',
      });
      assert.equal(prompted.length, 1);
    });

    it('prompts once, for any account, where the requested one is not of this extension: VS Code compares the labels itself', async () => {
      onPrompt = () => core.holds();
      const session = await provider.createSession([], { account: { id: '4711', label: 'Jane' } });
      assert.equal(session.id, 'jane');
      assert.deepEqual(prompted, [{}]);
      assert.equal(isRightOne(sampleSession()), true);
    });

    it('asks for no password at an identity server that only the caller knows', async () => {
      const id = accountId({ ...jane, identityServer: 'http://127.0.0.1:9' });
      await assert.rejects(provider.createSession([], { account: { id, label: accountLabel(jane) } }), {
        message: /^http:\/\/127\.0\.0\.1:9 is not one of your identity servers\./,
      });
      assert.deepEqual(prompted, []);
    });

    it('uses the server of the known session, whatever server the caller wrote into the id', async () => {
      const session = await core.holds();
      onPrompt = () => Promise.resolve(session);
      const id = accountId({ ...jane, identityServer: 'http://127.0.0.1:9' });
      await provider.createSession([], { account: { id, label: accountLabel(jane) } });
      assert.equal(prompted[0]?.identityServer, 'https://auth.reltio.com');
    });

    it('asks at the identity server of another session, although no environment trusts it anymore', async () => {
      const identityServer = 'https://auth-old.reltio.com';
      await core.holds({ account: { ...jane, identityServer } });
      const gone = { ...omar, identityServer };
      onPrompt = () => core.holds({ id: 'omar', account: gone });
      await provider.createSession([], { account: accountOf(sampleSession({ account: gone })) });
      assert.equal(prompted[0]?.identityServer, identityServer);
    });

    it('rejects, naming what was granted, when a scope was not', async () => {
      onPrompt = () => core.holds();
      await assert.rejects(provider.createSession(['users_api'], {}), {
        message:
          /did not grant users_api to jane@acme\.com \(auth\.reltio\.com\)\. Granted: configuration_api, entities_api\./,
      });
    });

    it('shows why it refused, which VS Code does not for its entry in the Accounts menu, and nothing on a cancel', async () => {
      shownMessages.length = 0;
      onPrompt = () => core.holds();
      await assert.rejects(provider.createSession(['users_api'], {}), /did not grant users_api/);
      await assert.rejects(provider.createSession(['RELTIO_ENVIRONMENT:gone'], {}), /no Reltio environment "gone"/);
      await assert.rejects(
        ask(['RELTIO_ENVIRONMENT:gone']),
        /no Reltio environment "gone"/,
        'the extension shows this',
      );
      onPrompt = () => Promise.reject(new Failure('cancelled'));
      await assert.rejects(provider.createSession(['users_api'], {}), { name: 'Canceled' });
      const texts = shownMessages.map(({ texts: [text] }) => text?.slice(0, 31));
      assert.deepEqual(texts, ['Reltio did not grant users_api ', 'There is no Reltio environment ']);
    });

    it('refuses an account of another server than the environment trusts, before it prompts', async () => {
      const session = await core.holds();
      await assert.rejects(provider.createSession(['RELTIO_ENVIRONMENT:stage'], { account: accountOf(session) }), {
        message: /is not an account of auth-stg\.reltio\.com, which environment "stage" trusts/,
      });
      assert.equal(prompted.length, 0);
    });

    it('asks for an account that is no longer signed in by the spelling of its label', async () => {
      onPrompt = () => core.holds({ account: { ...jane, user: 'Jane@ACME.com' } });
      const account = { id: accountId(jane), label: 'Jane@ACME.com (auth.reltio.com)' };
      assert.equal((await provider.createSession([], { account })).account.label, account.label);
      assert.equal(prompted[0]?.user, 'Jane@ACME.com');
    });

    it('does not return a token that Reltio rejected before its expiry and that a sign-in may bring again', async () => {
      await core.holds({ state: 'rejected' });
      assert.deepEqual(await ask([]), []);
      onPrompt = () => core.sessions.add(signedInWith('a0', 3_000));
      await assert.rejects(installation.clock.finish(provider.createSession([], {})), {
        message: /^auth\.reltio\.com no longer accepts your token and returns no new one\. Renew your sign-in\.$/,
      });
      assert.equal(installation.http.requests.length, 0);
    });

    it('refreshes first if the sign-in returned an expired token', async () => {
      onPrompt = () => core.holds({ tokens: sampleTokens({ accessTokenExpiresAt: monday, refreshAgainAt: monday }) });
      installation.http.next(pair('a1', 'r1'));
      assert.equal((await installation.clock.finish(provider.createSession([], {}))).accessToken, 'a1');
    });

    it('waits for the next token if the sign-in was in the last second of this one', async () => {
      await core.holds();
      await passAnHour();
      onPrompt = () => core.sessions.add(signedInWith('a0', 0));
      installation.http.next(pair('a0', 'r0', 0), pair('a1', 'r0'));
      assert.equal((await installation.clock.finish(provider.createSession([], {}))).accessToken, 'a1');
    });

    it('does not return the old pair if it was returned again and has expired', async () => {
      await core.holds();
      await passAnHour();
      onPrompt = () => core.sessions.add(signedInWith('a0', 0));
      installation.http.next(pair('a0', 'r0', 0), pair('a0', 'r0', 0));
      await assert.rejects(installation.clock.finish(provider.createSession([], {})), {
        message: /^auth\.reltio\.com returned an expired token\./,
      });
    });

    it('says what to do when the sessions have been written by a newer version since', async () => {
      assert.deepEqual(await ask([]), []);
      installation.secrets.put('sessions', '{"version":99}');
      await installation.clock.finish(core.store.reload());
      await assert.rejects(provider.createSession([], {}), { message: /newer version of Reltio Authentication/ });
    });

    it('is cancelled as VS Code expects when the user cancels', async () => {
      await assert.rejects(provider.createSession([], {}), { name: 'Canceled' });
    });
  });

  describe('announcing', () => {
    it('announces a sign-in also under every list of scopes that waits for one, in the requested order', async () => {
      await ask(['relations_api', 'entities_api']);
      await ask(['entities_api']);
      await ask(['RELTIO_ENVIRONMENT:stage']);
      await core.store.change(() => [
        sampleSession({ tokens: sampleTokens({ scopes: ['entities_api', 'relations_api'] }) }),
      ]);
      await installation.clock.pass(0);
      assert.deepEqual(
        events[0]?.added?.map(({ scopes }) => scopes),
        [['entities_api', 'relations_api'], ['relations_api', 'entities_api'], ['entities_api']],
      );
    });

    it('announces to each waiting list once, and again only when it was requested again', async () => {
      await ask(['entities_api']);
      await core.holds();
      await core.holds({ id: 'omar', account: omar });
      await installation.clock.pass(0);
      assert.deepEqual(
        events.map(({ added }) => added?.length),
        [2, 1],
      );
    });

    it('announces to a waiting list a session that a refresh has restored: VS Code removes its entry for `added` only', async () => {
      await core.holds({ state: 'rejected' });
      assert.deepEqual(await ask(['entities_api']), []);
      await passAnHour();
      events.length = 0;
      installation.http.next(pair('a1', 'r1'));
      assert.equal((await ask(['entities_api']))[0]?.accessToken, 'a1');
      await installation.clock.pass(0);
      assert.deepEqual(scopesAdded(), [['entities_api']]);
      assert.deepEqual(
        events[0]?.changed?.map(({ id }) => id),
        ['jane'],
      );
    });

    it('announces to no waiting list a session that cannot answer it, nor one that could answer all the time', async () => {
      const omars = sampleSession({ id: 'omar', account: omar, tokens: expired('r-omar') });
      await core.holds();
      await installation.clock.pass(0);
      assert.deepEqual(await ask(['entities_api'], accountOf(omars)), []);
      await core.holds({ ...omars, state: 'rejected' });
      installation.http.next(pair('a1', 'r1'));
      await installation.clock.finish(core.sessions.refreshNow('jane'));
      await installation.clock.pass(0);
      assert.deepEqual(scopesAdded().slice(1), [['configuration_api', 'entities_api']], 'as they are, and no more');
    });

    it('announces to a waiting list although another extension got a session for the same scopes', async () => {
      await core.holds();
      assert.deepEqual(await ask(['entities_api'], accountOf(sampleSession({ account: omar }))), []);
      assert.equal((await ask(['entities_api'])).length, 1);
      await installation.clock.pass(0);
      events.length = 0;
      await core.holds({ id: 'omar', account: omar });
      await installation.clock.pass(0);
      assert.deepEqual(scopesAdded(), [['configuration_api', 'entities_api'], ['entities_api']]);
    });

    it('announces sessions also while the settings cannot be read, and to waiting lists once they can', async () => {
      await ask(['entities_api']);
      const readable = readSettings;
      readSettings = () => Promise.reject(new Error('a bundle file is gone'));
      await core.holds();
      await installation.clock.pass(0);
      assert.deepEqual(scopesAdded(), [['configuration_api', 'entities_api']]);
      await assert.rejects(ask(['entities_api']), { message: /had an internal error\. Run "Reltio: Show Log"/ });
      readSettings = readable;
      await core.holds({ id: 'omar', account: omar });
      await installation.clock.pass(0);
      assert.deepEqual(scopesAdded().slice(1), [['configuration_api', 'entities_api'], ['entities_api']]);
    });

    it('announces as a change that a rejected token is valid again', async () => {
      await core.holds({ state: 'rejected' });
      assert.deepEqual(await ask([]), []);
      await passAnHour();
      events.length = 0;
      installation.http.next(pair('a0', 'r0')); // at its expiry: the server says that it is valid
      assert.equal((await ask([])).length, 1);
      await installation.clock.pass(0);
      assert.deepEqual(
        events.map(({ changed }) => changed?.map(({ id }) => id)),
        [['jane']],
      );
    });

    it('announces a refresh as a change under the same id, and only when the token changed', async () => {
      await core.holds();
      await installation.clock.pass(0);
      events.length = 0;
      installation.http.next(pair('a0', 'r0', 60));
      await installation.clock.finish(core.sessions.refreshNow('jane'));
      await installation.clock.pass(10_000);
      installation.http.next(pair('a1', 'r1', 60));
      await installation.clock.finish(core.sessions.refreshNow('jane'));
      await installation.clock.pass(0);
      assert.equal(events.length, 1);
      assert.deepEqual(
        events[0]?.changed?.map(({ id, accessToken }) => [id, accessToken]),
        [['jane', 'a1']],
      );
    });

    it('announces signing in again with the same account in one event', async () => {
      await core.holds();
      await installation.clock.pass(0);
      events.length = 0;
      await core.sessions.add({ ...signedInWith('b0', 3_600), account: { ...jane, user: 'JANE@acme.com' } });
      await installation.clock.pass(0);
      assert.equal(events.length, 1);
      assert.equal(events[0]?.added?.[0]?.account.label, events[0]?.removed?.[0]?.account.label);
    });

    it('revokes nothing at Reltio when VS Code signs out one of two accounts, and keeps the other', async () => {
      await core.holds();
      await core.holds({ id: 'olga', account: { ...jane, user: 'olga@acme.com' } });
      const other = core.stored('olga');
      await provider.removeSession('jane');
      await installation.clock.pass(10_000);
      assert.equal(installation.http.requests.length, 0);
      assert.deepEqual([core.stored('jane'), core.stored('olga')], [undefined, other]);
    });

    it('removes a session once, and nothing for an unknown one', async () => {
      await core.holds();
      await installation.clock.pass(0);
      events.length = 0;
      await provider.removeSession('jane');
      await provider.removeSession('jane');
      await provider.removeSession('never heard of');
      await installation.clock.pass(0);
      assert.deepEqual(
        events.map(({ removed }) => removed?.map(({ id }) => id)),
        [['jane']],
      );
    });
  });
});
