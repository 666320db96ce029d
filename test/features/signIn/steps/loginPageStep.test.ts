import assert from 'node:assert/strict';
import { isFailure } from '../../../../src/core/base/failure';
import { accountLabel } from '../../../../src/core/model/account';
import { clientIdOf } from '../../../../src/core/model/session';
import type { HttpClient } from '../../../../src/core/oauth/httpClient';
import { Desk, realNetwork } from '../../../fakes/desk';
import { settle } from '../../../fakes/fakeClock';
import { FakeBrowser, freePort, until } from '../../../fakes/fakeBrowser';
import { elsewhere, goBack, press } from '../../../fakes/scriptedPrompt';
import { startIdentityServer, type IdentityServer } from '../../../identity/server';

const cancelled = (error: unknown): boolean => isFailure(error) && error.code === 'cancelled';
const again = press('Open the browser again');

describe('a sign-in on the login page', () => {
  let server: IdentityServer;
  let desk: Desk;
  let browser: FakeBrowser;
  let here: string;
  beforeEach(async () => {
    server = await startIdentityServer({ policy: { autoApprove: 'jane@acme.com' } });
    here = `127.0.0.1:${server.port}`;
    browser = new FakeBrowser();
    desk = await deskWith([{ name: 'local', url: server.url, authUrl: server.url, tenant: 'AcmeDev01' }]);
  });
  afterEach(() => server.close());

  async function deskWith(environments: readonly object[], http?: HttpClient): Promise<Desk> {
    const made = new Desk(environments, http);
    made.installation.alone();
    made.redirect = { address: `http://localhost:${await freePort()}`, isLocal: true };
    made.open = browser.open;
    return made;
  }
  const registrations = () => server.requests.all.filter(({ path }) => path === '/ai/tools/register');
  const exchanges = () => server.requests.all.filter(({ path }) => path === '/login/token');

  it('registers itself, uses PKCE, sends JSON, tries the token once, and needs no client of the user', async () => {
    const session = await desk.signIn([here, 'Login page', elsewhere, 'jane@acme.com']);
    assert.deepEqual(session.method, { kind: 'loginPage', registersClient: true, environment: server.url });
    assert.match(session.account.clientId, /^registered-/);
    assert.equal(session.account.user, 'jane@acme.com');
    assert.ok(session.tokens.refreshToken);
    const { query } = browser;
    assert.ok(browser.opened[0]?.startsWith(`${server.url}/login?`));
    assert.equal(query['code_challenge_method'], 'S256');
    assert.equal(query['tenant'], 'AcmeDev01');
    assert.equal(query['redirect_uri'], desk.redirect.address);
    assert.equal(server.requests.all.filter(({ path }) => path === '/reltio/enhancedTenants').length, 1);
    assert.ok(!desk.asked.some(({ question }) => question.startsWith('Which client')));
  });

  it('registers only once, and offers that client to no other method', async () => {
    const first = await desk.signIn([here, 'Login page', elsewhere, 'jane@acme.com']);
    const second = await desk.signIn([here, 'Login page', elsewhere, 'jane@acme.com']);
    assert.equal(second.account.clientId, first.account.clientId);
    assert.equal(registrations().length, 1);
    await assert.rejects(desk.signIn([here, 'Password']), cancelled);
    assert.deepEqual(
      desk.asked.at(-1)?.items.map((item) => item.split(':')[0]),
      ['Enter client id and secret', 'Paste the Basic header that Reltio sent', 'Use reltio_ui'],
    );
  });

  it('refreshes at the identity server, as the registered client', async () => {
    const { id } = await desk.signIn([here, 'Login page', elsewhere, 'jane@acme.com']);
    server.expireAccessTokens();
    await desk.core.sessions.refreshNow(id);
    const [refresh] = server.requests.tokenCalls('refresh_token');
    assert.equal(refresh?.path, '/oauth/token');
    assert.equal(refresh?.status, 200);
  });

  it('lets the user take another environment, and shows again what they chose and typed', async () => {
    desk = await deskWith([
      { name: 'local', url: server.url, authUrl: server.url },
      { name: 'other', url: 'https://other.reltio.com', authUrl: server.url },
    ]);
    const other = press(`Use an environment other than ${here}`);
    const typed = ['Another one…', 'dev', goBack, 'Another one…', goBack];
    await assert.rejects(desk.signIn([here, 'Login page', ...typed, 'local', other, 'other', goBack]), cancelled);
    const lists = desk.asked.filter(({ question }) => question.startsWith('Which environment'));
    assert.deepEqual(
      lists.map(({ selected }) => selected),
      [undefined, 'Another one…', 'Another one…', undefined, 'other'],
    );
    const boxes = desk.asked.filter(({ question }) => question.startsWith('Enter the address of your Reltio'));
    assert.deepEqual(
      boxes.map(({ value }) => value),
      ['', 'https://dev.reltio.com'],
    );
  });

  it('uses a secret that the registration gives', async () => {
    server.policy.registration = 'withSecret';
    const { account } = await desk.signIn([here, 'Login page', elsewhere]);
    assert.equal(account.user, 'jane@acme.com', 'checkToken answers such a client');
    assert.equal((await desk.core.clients.find(server.url, account.clientId))?.secret.length, 32);
  });

  for (const announced of [
    'absent',
    'withoutPkce',
    'plainPkce',
    'wrongIssuer',
    'withoutRegistration',
    'html',
    'unauthorized',
  ] as const) {
    it(`sends nothing if the announcement is ${announced}`, async () => {
      server.policy.loginPageDiscovery = announced;
      await assert.rejects(desk.signIn([here, 'Login page', elsewhere]), cancelled);
      assert.deepEqual(desk.refusals, [
        `${here} does not announce a login page that can be used. Sign in with another method.`,
      ]);
      assert.deepEqual([browser.opened, registrations()], [[], []]);
    });
  }

  it('sends nothing to a host that is not trusted', async () => {
    server.policy.loginPageDiscovery = 'foreignEndpoints';
    await assert.rejects(desk.signIn([here, 'Login page', elsewhere]), cancelled);
    assert.match(desk.refusals.join(), /^auth\.example\.com is not a trusted host, so nothing was sent to it/);
    assert.deepEqual([browser.opened, registrations()], [[], []]);
  });

  it('takes no registration with the id of a client that the user has', async () => {
    const { id, secret } = server.clients.browser;
    await desk.core.clients.save(server.url, { id, secret });
    server.faults.next({ kind: 'json', status: 201, body: { client_id: id } }, { path: '/ai/tools/register' });
    await assert.rejects(desk.signIn([here, 'Login page', elsewhere]), cancelled);
    assert.deepEqual(await desk.core.clients.find(server.url, id), { id, secret });
    assert.deepEqual(browser.opened, []);
  });

  it('stores no registration that cannot be one', async () => {
    for (const body of [
      { client_id: ':pasted' },
      { client_id: 'reltio_ui' },
      { client_id: 'two words' },
      { client_id: 'x'.repeat(255) },
      { client_id: 'new', client_secret: 'x'.repeat(100_000) },
      { client_id: 'new', client_secret: 'a\nb' },
    ]) {
      server.faults.next({ kind: 'json', status: 201, body }, { path: '/ai/tools/register' });
      await assert.rejects(desk.signIn([here, 'Login page', elsewhere]), cancelled);
      assert.deepEqual(await desk.core.clients.list(server.url), []);
    }
    assert.deepEqual(browser.opened, []);
  });

  it('stores no registration that arrives after another window has forgotten everything', async () => {
    const real = realNetwork();
    const http: HttpClient = {
      send: async (request, signal) => {
        const answer = await real.send(request, signal);
        if (request.url.endsWith('/register')) {
          await desk.installation.clock.pass(10);
          await desk.installation.openCore().real.forget([]);
          await settle();
        }
        return answer;
      },
    };
    desk = await deskWith([{ name: 'local', url: server.url, authUrl: server.url }], http);
    await assert.rejects(desk.signIn([here, 'Login page', elsewhere]), cancelled);
    assert.equal(registrations().length, 1);
    assert.deepEqual(await desk.core.clients.list(server.url), []);
  });

  it('asks before an environment outside reltio.com receives a token, although its login page is elsewhere', async () => {
    const foreign = 'https://dev.acme.example';
    const announcement = {
      issuer: foreign,
      authorization_endpoint: `${server.url}/login`,
      token_endpoint: `${server.url}/login/token`,
      registration_endpoint: `${server.url}/ai/tools/register`,
      code_challenge_methods_supported: ['S256'],
    };
    const sentThere: string[] = [];
    const real = realNetwork();
    const http: HttpClient = {
      send: async (request, signal) => {
        if (!request.url.startsWith(foreign)) {
          return await real.send(request, signal);
        }
        sentThere.push(request.headers['authorization'] ?? '');
        return { kind: 'response', status: 200, headers: {}, body: JSON.stringify(announcement) };
      },
    };
    desk = await deskWith([{ name: 'acme', url: foreign, authUrl: server.url }], http);
    await assert.rejects(desk.signIn([here, 'Login page', 'Do Not Send', elsewhere]), cancelled);
    assert.match(desk.asked.map(({ modal }) => modal).join(), /dev\.acme\.example is not a host of reltio\.com/);
    assert.ok(sentThere.every((authorization) => authorization === ''));
    assert.deepEqual(browser.opened, []);
  });

  it('says that the environment does not accept the token, after asking it twice', async () => {
    server.policy.loginPageServesDataApi = false;
    const signingIn = assert.rejects(desk.signIn([here, 'Login page', elsewhere]), cancelled);
    const calls = () => server.requests.all.filter(({ path }) => path === '/reltio/enhancedTenants').length;
    await until(() => calls() === 1);
    for (let rounds = 0; calls() < 2 && rounds < 50; rounds += 1) {
      await desk.installation.clock.pass(100);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await signingIn;
    assert.equal(calls(), 2);
    assert.match(desk.refusals.join(), new RegExp(`^${here} does not accept the token of its own login page`));
    assert.deepEqual(desk.core.own, []);
  });

  it('keeps the sign-in if the data call only shows a missing right or an outage', async () => {
    server.faults.always({ kind: 'serverError', status: 503, body: 'html' }, { path: '/reltio/enhancedTenants' });
    await desk.signIn([here, 'Login page', elsewhere, 'jane@acme.com']);
    assert.equal(desk.core.own.length, 1);
  });

  it('registers again if the login page has forgotten the client, and the account goes on under its name', async () => {
    const first = await desk.signIn([here, 'Login page', elsewhere, 'jane@acme.com']);
    server.clients.find(first.account.clientId)!.redirects = [];
    const visits = [here, 'Login page', async () => (await atItsEnd(2), again), elsewhere, 'JANE@acme.com '];
    const second = await desk.signIn(visits);
    assert.equal(registrations().length, 2, 'the page of such a client never comes back');
    assert.deepEqual(second.account, first.account);
    assert.notEqual(clientIdOf(second), clientIdOf(first));
    assert.deepEqual(
      desk.core.own.map(({ id }) => id),
      [second.id],
    );

    server.faults.next({ kind: 'json', status: 401, body: { error: 'invalid_client' } }, { path: '/login/token' });
    const third = await desk.signIn([here, 'Login page', elsewhere, again, elsewhere, 'jane@acme.com']);
    assert.match(desk.refusals.join(), /no longer knows the registration of this computer/);
    assert.equal(registrations().length, 3);
    assert.deepEqual(third.account, first.account);
    assert.equal(new Set([first, second, third].map(clientIdOf)).size, 3);
    assert.deepEqual(
      desk.core.own.map(({ id }) => id),
      [third.id],
    );
  });

  it('uses the new registration for the account from then on', async () => {
    const { account } = await desk.signIn([here, 'Login page', elsewhere, 'jane@acme.com']);
    const forgotten = server.clients.find(account.clientId)!;
    forgotten.redirects = [];
    await desk.signIn([here, 'Login page', async () => (await atItsEnd(2), again), elsewhere, 'jane@acme.com']);
    const [session] = desk.core.own;
    const clientId = clientIdOf(session!);
    server.expireAccessTokens();
    await desk.core.sessions.refreshNow(session!.id);
    const [refresh] = server.requests.tokenCalls('refresh_token');
    assert.deepEqual([refresh?.status, refresh?.form?.['client_id']], [200, clientId]);
    const { identityServer, user = '' } = account;
    const request = { identityServer, clientId: account.clientId, user, method: session!.method };
    const next = await desk.signIn([elsewhere, 'jane@acme.com'], request);
    assert.deepEqual([next.account, clientIdOf(next), registrations().length], [account, clientId, 2]);
  });

  it('makes an account of its own for another user, and for the page of another environment', async () => {
    const { account } = await desk.signIn([here, 'Login page', elsewhere, 'jane@acme.com']);
    server.clients.find(account.clientId)!.redirects = [];
    await desk.signIn([here, 'Login page', async () => (await atItsEnd(2), again), elsewhere, 'zoe@acme.com']);
    assert.deepEqual(desk.core.own.map(({ account: { user } }) => user).toSorted(), ['jane@acme.com', 'zoe@acme.com']);
    const stored = desk.core.own.find(({ account: { user } }) => user === 'jane@acme.com')!;
    await desk.core.alter(stored.id, { method: { ...stored.method, environment: 'https://dev.reltio.com' } });
    await desk.signIn([here, 'Login page', elsewhere, 'jane@acme.com']);
    assert.equal(desk.core.own.length, 3);
    assert.equal(new Set(desk.core.own.map((session) => accountLabel(session.account))).size, 3);
  });

  /** Leaves a sign-in whose page does not come back. */
  const leave = async (visits: number) =>
    await assert.rejects(desk.signIn([here, 'Login page', async () => (await atItsEnd(visits), goBack)]), cancelled);

  it('registers again in the next sign-in if the login page has forgotten the client, and the user left the box', async () => {
    const { id, account } = await desk.signIn([here, 'Login page', elsewhere, 'jane@acme.com']);
    await desk.core.sessions.signOut(id, 'here');
    server.clients.find(account.clientId)!.redirects = [];
    await leave(2);
    const again = await desk.signIn([here, 'Login page', elsewhere, 'jane@acme.com']);
    assert.notEqual(again.account.clientId, account.clientId);
    assert.equal(registrations().length, 2);
  });

  it('registers again for an account whose client the identity server has rejected', async () => {
    const { id, account } = await desk.signIn([here, 'Login page', elsewhere, 'jane@acme.com']);
    server.faults.next({ kind: 'json', status: 401, body: { error: 'invalid_client' } }, { path: '/oauth/token' });
    await assert.rejects(desk.core.sessions.refreshNow(id));
    server.clients.find(account.clientId)!.redirects = [];
    await leave(2);
    await desk.signIn([here, 'Login page', elsewhere, 'jane@acme.com']);
    assert.equal(registrations().length, 2);
  });

  it('keeps the account that is signed in if the user left the box, and registers again then', async () => {
    const { account } = await desk.signIn([here, 'Login page', elsewhere, 'jane@acme.com']);
    server.clients.find(account.clientId)!.redirects = [];
    await leave(2);
    const next = await desk.signIn([here, 'Login page', elsewhere, 'jane@acme.com']);
    assert.deepEqual(next.account, account);
    assert.deepEqual([registrations().length, desk.core.own.length], [2, 1]);
  });

  const atItsEnd = (visits: number) => until(() => browser.ended.length === visits);

  it('asks which environment, or for its address if no setting names one', async () => {
    desk = await deskWith([]);
    await assert.rejects(
      desk.signIn(['Login page', 'not an address', 'evil.example', `http://${here}/ui/AcmeDev01`, goBack]),
      cancelled,
    );
    assert.deepEqual(desk.refusals.slice(0, 2), [
      'This is not an address. Paste a link such as https://dev.reltio.com/ui/abc123.',
      'evil.example is not a trusted host. If it is yours, first add it to reltioAuth.trustedHosts.',
    ]);
    desk = await deskWith([
      { name: 'one', url: server.url, authUrl: server.url },
      { name: 'two', url: server.url.replace('127.0.0.1', 'localhost'), authUrl: server.url },
    ]);
    await desk.signIn([here, 'Login page', 'one', elsewhere, 'jane@acme.com']);
    assert.ok(!('tenant' in browser.query));
    assert.equal(exchanges().length, 1);
  });

  it('takes a pasted address where the browser is elsewhere', async () => {
    desk.isBesideBrowser = false;
    const pasted = async (): Promise<string> => {
      await until(() => browser.ended.length === 1);
      return browser.ended[0]!.url;
    };
    await desk.signIn([here, 'Login page', pasted, 'jane@acme.com']);
    assert.equal(browser.ended[0]?.status, 'unreachable');
  });
});
