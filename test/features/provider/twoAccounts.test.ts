import '../../fakes/fakeVscode';
import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { AuthenticationProvider } from '../../../src/features/provider/authenticationProvider';
import type { WantedAccount } from '../../../src/features/provider/wantedAccount';
import { accountId, accountLabel, type Account } from '../../../src/core/model/account';
import type { Session } from '../../../src/core/model/session';
import { parseEnvironments } from '../../../src/editor/settings/environments';
import { Failure } from '../../../src/core/base/failure';
import { bystanders } from '../../fakes/bystanders';
import { monday } from '../../fakes/fakeClock';
import { answer, invalidRefreshToken, pair } from '../../fakes/fakeHttp';
import { preloadedProvider } from '../../fakes/preloadedProvider';
import { jane, sampleTokens } from '../../fakes/sampleSession';
import { Installation, type TestCore } from '../../fakes/installation';

const hour = 3_600_000;
const everyId = ['jane', 'jane-eu', 'jane-reports', 'zoe'];

/** Jane, Zoe at the same server through the same client, Jane at another server, and Jane through another client. */
describe('the authentication provider, with several accounts signed in', () => {
  let shared: Installation;
  let core: TestCore;
  let provider: AuthenticationProvider;
  let events: vscode.AuthenticationProviderAuthenticationSessionsChangeEvent[];
  let offered: string[];
  let prompted: WantedAccount[];
  let onPrompt: () => Promise<Session>;
  let isWanted: (session: Session) => boolean;

  beforeEach(async () => {
    shared = new Installation();
    core = shared.openCore();
    [events, offered, prompted] = [[], [], []];
    onPrompt = () => Promise.reject(new Failure('cancelled'));
    const settings = parseEnvironments(
      [
        { name: 'dev', url: 'https://dev.reltio.com', clientId: 'reltio_ui' },
        { name: 'reports', url: 'https://dev.reltio.com', clientId: 'acme_reports_eu' },
        { name: 'eu', url: 'https://eu.reltio.com', authUrl: 'https://auth-eu.reltio.com' },
      ],
      ['reltio.com'],
    );
    provider = new AuthenticationProvider({
      ...preloadedProvider(core),
      sessions: core.sessions,
      onDidChangeSessions: core.store.onDidChange,
      signIn: {
        start: (wanted, _limit, isRightOne) => {
          prompted.push(wanted);
          isWanted = isRightOne;
          return onPrompt();
        },
      },
      readSettings: () =>
        Promise.resolve({
          ...settings,
          identityServers: ['https://auth.reltio.com', 'https://auth-eu.reltio.com'],
          trusted: ['reltio.com'],
        }),
      offerRemedy: (session) => offered.push(session.id),
      noticeOutdated: () => undefined,
      log: shared.log,
    });
    await core.holds();
    await shared.clock.pass(0);
    provider.onDidChangeSessions((event) => events.push(event));
  });
  afterEach(() => {
    provider.dispose();
  });

  const accounts = (): Session[] => [...core.store.sessions];
  const infoOf = (account: Account) => ({ id: accountId(account), label: accountLabel(account) });
  const idsOf = (sessions: readonly vscode.AuthenticationSession[]) => sessions.map(({ id }) => id).toSorted();
  const ask = async (scopes: readonly string[] | undefined, account?: vscode.AuthenticationSessionAccountInformation) =>
    await shared.clock.finish(provider.getSessions(scopes, account === undefined ? {} : { account }));
  const named = (name: string): Session => accounts().find(({ id }) => id === name)!;

  it('returns exactly the requested account, by its id or by its label, to the menu and to other extensions', async () => {
    assert.deepEqual(
      accounts()
        .map(({ id }) => id)
        .toSorted(),
      everyId,
    );
    for (const { id, account, tokens } of accounts()) {
      for (const scopes of [undefined, [], ['entities_api']]) {
        for (const asked of [
          infoOf(account),
          { id: accountId(account), label: 'renamed' },
          { id: 'of an older version', label: accountLabel(account) },
        ]) {
          const found = await ask(scopes, asked);
          assert.deepEqual(idsOf(found), [id], `${asked.id} ${asked.label}`);
          assert.equal(found[0]?.accessToken, tokens.accessToken);
          assert.deepEqual(found[0].account, infoOf(account));
        }
      }
    }
  });

  it('returns nothing if the requested account was signed out, although accounts with the same name are signed in', async () => {
    const gone = named('jane');
    await core.sessions.signOut('jane', 'here');
    for (const scopes of [undefined, [], ['entities_api']]) {
      assert.deepEqual(await ask(scopes, infoOf(gone.account)), []);
    }
  });

  it('returns all of them if no account is requested', async () => {
    assert.deepEqual(idsOf(await ask(undefined)), everyId);
    assert.deepEqual(idsOf(await ask([])), everyId);
  });

  it('returns for an environment those of its identity server, and of its client if it names one', async () => {
    assert.deepEqual(idsOf(await ask(['RELTIO_ENVIRONMENT:eu'])), ['jane-eu']);
    assert.deepEqual(idsOf(await ask(['RELTIO_ENVIRONMENT:reports'])), ['jane-reports']);
    assert.deepEqual(idsOf(await ask(['RELTIO_ENVIRONMENT:dev'])), ['jane', 'zoe']);
    assert.deepEqual(
      await ask(['RELTIO_ENVIRONMENT:eu'], infoOf(jane)),
      [],
      'the user name alone identifies no account',
    );
  });

  it('leaves out those, and only those, that lack a scope', async () => {
    await core.alter('jane', { tokens: sampleTokens({ scopes: ['configuration_api'] }) });
    assert.deepEqual(
      idsOf(await ask(['entities_api'])),
      everyId.filter((id) => id !== 'jane'),
    );
    assert.deepEqual(await ask(['entities_api'], infoOf(jane)), []);
  });

  it('refreshes the one whose token has expired, and no other', async () => {
    await shared.clock.pass(hour);
    shared.http.next(pair('a1', 'r1'));
    const tokens = new Map((await ask([])).map(({ id, accessToken }) => [id, accessToken]));
    assert.equal(tokens.get('jane'), 'a1');
    assert.equal(shared.http.requests.length, 1);
    for (const { session } of bystanders) {
      assert.equal(tokens.get(session.id), session.tokens.accessToken);
    }
  });

  it('offers a remedy for the one that only a sign-in can help, and returns it beside the others', async () => {
    await shared.clock.pass(hour);
    shared.http.next(invalidRefreshToken());
    assert.deepEqual(idsOf(await ask([])), everyId);
    assert.deepEqual(offered, ['jane']);
  });

  it('offers a remedy for the one that needs it, whichever account signed in last', async () => {
    const omar: Account = { ...jane, user: 'omar@acme.com' };
    const tokens = sampleTokens({ accessToken: 'a-omar', accessTokenExpiresAt: monday + 9 * hour });
    await core.holds({ id: 'omar', account: omar, signedInAt: monday + 1, tokens });
    await shared.clock.pass(hour);
    shared.http.next(invalidRefreshToken());
    await ask([]);
    assert.deepEqual(offered, ['jane']);
  });

  it('waits five seconds for the network, for all accounts together', async () => {
    const eu: Account = { ...jane, user: 'omar@acme.com', identityServer: 'https://auth-eu.reltio.com' };
    const client = { id: 'reltio_ui', secret: 'secret of the EU' };
    await core.holds({ id: 'omar', account: eu, tokens: sampleTokens({ refreshToken: 'r-omar' }) }, client);
    await shared.clock.pass(hour);
    shared.http.always = 'hang';
    const before = shared.clock.now();
    assert.equal((await ask([])).length, 5);
    assert.equal(shared.clock.now() - before, 5_000);
    assert.deepEqual(shared.http.requests.map(({ url }) => new URL(url).host).toSorted(), [
      'auth-eu.reltio.com',
      'auth.reltio.com',
    ]);
  });

  it('leaves out the one that signs out while its token is refreshed', async () => {
    await shared.clock.pass(hour);
    shared.http.takes = 1_000;
    shared.http.next(pair('a1', 'r1'));
    const asking = provider.getSessions([], {});
    await shared.clock.pass(500);
    await core.sessions.signOut('jane', 'here');
    assert.deepEqual(
      idsOf(await shared.clock.finish(asking)),
      everyId.filter((id) => id !== 'jane'),
    );
  });

  it('reports that a sign-out could not be stored: the account would be back after a restart', async () => {
    shared.alone();
    core.secrets.failing = 'store';
    await assert.rejects(provider.removeSession('jane'), { message: /could not write to its secret storage/ });
    core.secrets.failing = undefined;
    await shared.clock.pass(60_000);
    assert.equal(core.stored('jane'), undefined, 'written by itself');
  });

  it('lets the Accounts menu wait for a keyring for five seconds at most', async () => {
    const other = shared.openCore();
    other.secrets.failing = 'hang';
    const slow = new AuthenticationProvider({
      ...preloadedProvider(other),
      sessions: other.sessions,
      onDidChangeSessions: other.store.onDidChange,
      signIn: { start: () => Promise.reject(new Failure('cancelled')) },
      readSettings: () => Promise.reject(new Error('not read for the menu')),
      offerRemedy: () => undefined,
      noticeOutdated: () => undefined,
      log: shared.log,
    });
    const before = shared.clock.now();
    assert.deepEqual(await shared.clock.finish(slow.getSessions(undefined, {})), []);
    assert.equal(shared.clock.now() - before, 5_000);
    slow.dispose();
  });

  it('rejects with a sentence if the requested one cannot be refreshed, and returns no other', async () => {
    await shared.clock.pass(hour);
    shared.http.next(answer(503));
    await assert.rejects(ask([], infoOf(jane)), { message: /^auth\.reltio\.com is having problems/ });
    await shared.clock.pass(2_000);
    shared.http.next(invalidRefreshToken());
    assert.deepEqual(await ask([], infoOf(jane)), []);
    assert.deepEqual(offered, [], 'VS Code asks the user itself');
  });

  it('signs out the one that the Accounts menu names, here only', async () => {
    await provider.removeSession('jane');
    await shared.clock.pass(0);
    assert.deepEqual(
      events.map(({ added, removed, changed }) => [added?.length, removed?.map(({ id }) => id), changed?.length]),
      [[0, ['jane'], 0]],
    );
    assert.deepEqual(shared.http.requests, [], 'other tools may use these tokens too');
  });

  it('announces the one that was refreshed, and no other', async () => {
    shared.http.next(pair('a1', 'r1'));
    await shared.clock.finish(core.sessions.refreshNow('jane'));
    await shared.clock.pass(0);
    assert.deepEqual(
      events.map(({ added, removed, changed }) => [added, removed, changed?.map(({ id }) => id)]),
      [[[], [], ['jane']]],
    );
  });

  describe('signing in for another extension', () => {
    const gone: Account = { ...jane, user: 'omar@acme.com', identityServer: 'https://auth-eu.reltio.com' };
    const eu = { id: 'reltio_ui', secret: 'secret of the EU' };
    const create = async (scopes: readonly string[], account?: vscode.AuthenticationSessionAccountInformation) =>
      await shared.clock.finish(provider.createSession(scopes, account === undefined ? {} : { account }));

    it('prompts for exactly the requested account, although accounts with the same name could answer', async () => {
      for (const session of accounts()) {
        onPrompt = () => Promise.resolve(session);
        assert.equal((await create([], infoOf(session.account))).id, session.id);
        assert.deepEqual(prompted.at(-1), { ...session.account, method: session.method });
        for (const other of accounts()) {
          assert.equal(isWanted(other), other.id === session.id, `${session.id} for ${other.id}`);
        }
      }
    });

    it('refuses any other account that signs in, by name', async () => {
      for (const other of accounts().filter(({ id }) => id !== 'jane')) {
        onPrompt = () => Promise.resolve(other);
        await assert.rejects(create([], infoOf(jane)), {
          message: `You signed in as ${accountLabel(other.account)}, but ${accountLabel(jane)} was requested. Try again.`,
        });
      }
    });

    it('accepts no other account for one that is not signed in', async () => {
      assert.deepEqual(await ask([], infoOf(gone)), []);
      onPrompt = () => core.holds({ id: 'omar', account: gone, tokens: sampleTokens({ accessToken: 'a-omar' }) }, eu);
      const session = await create([], infoOf(gone));
      assert.deepEqual(prompted, [gone]);
      assert.deepEqual([session.id, session.accessToken], ['omar', 'a-omar']);
    });

    it('returns, of those that arrived since the extension asked, the requested one', async () => {
      assert.deepEqual(await ask([], infoOf(gone)), []);
      const near: Account = { ...jane, user: 'omar@acme.com' };
      await core.holds({ id: 'near', account: near, tokens: sampleTokens({ accessToken: 'a-near' }) });
      await core.holds({ id: 'omar', account: gone, tokens: sampleTokens({ accessToken: 'a-omar' }) }, eu);
      assert.equal((await create([], infoOf(gone))).accessToken, 'a-omar');
      assert.deepEqual(prompted, []);
    });

    it('returns, of those that arrived, one with a fresh token', async () => {
      const scopes = ['RELTIO_ENVIRONMENT:eu', 'made_up_api'];
      assert.deepEqual(await ask(scopes), []);
      const of = (user: string): Account => ({ ...gone, user });
      const fits = { scopes: ['made_up_api'] };
      await core.holds({ id: 'new', account: of('new'), tokens: sampleTokens({ ...fits, accessToken: 'a-new' }) }, eu);
      const refused = {
        id: 'refused',
        account: of('refused'),
        state: 'rejected',
        signedInAt: monday + 1,
        tokens: sampleTokens(fits),
      } as const;
      await core.holds(refused, eu);
      assert.equal((await create(scopes)).id, 'new');
    });

    it('uses the environment’s server and client, whichever account is signed in elsewhere', async () => {
      onPrompt = () => Promise.resolve(named('jane-reports'));
      assert.equal((await create(['RELTIO_ENVIRONMENT:reports'])).id, 'jane-reports');
      assert.deepEqual(prompted, [{ identityServer: 'https://auth.reltio.com', clientId: 'acme_reports_eu' }]);
      for (const other of accounts()) {
        assert.equal(isWanted(other), other.id === 'jane-reports');
      }
    });
  });

  describe('announcing', () => {
    const scopesOf = (id: string) =>
      events.flatMap(({ added }) => (added ?? []).filter((one) => one.id === id).map(({ scopes }) => scopes.join(' ')));

    it('announces to a waiting environment an account of its own server only', async () => {
      await core.sessions.signOut('jane-eu', 'here').then(() => shared.alone());
      assert.deepEqual(await ask(['RELTIO_ENVIRONMENT:eu']), []);
      const omar = { ...jane, user: 'omar@acme.com' };
      await core.holds({ id: 'omar', account: omar });
      await core.holds({ id: 'omar-eu', account: { ...omar, identityServer: 'https://auth-eu.reltio.com' } });
      await shared.clock.pass(0);
      const own = 'configuration_api entities_api';
      assert.deepEqual(scopesOf('omar'), [own]);
      assert.deepEqual(scopesOf('omar-eu'), [own, 'RELTIO_ENVIRONMENT:eu']);
    });
  });
});
