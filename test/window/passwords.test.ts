import assert from 'node:assert/strict';
import { type IdentityServer, startIdentityServer } from '../identity/server';
import { atMethods } from './browserPages';
import { closeWindows, Window } from './driver';
import { assertNothingLeaked } from './leaks';

/** signIn.test.ts signs in with passwords; here the user leaves, or something is in the way. */
describe('signing in with a password that leads nowhere', () => {
  let server: IdentityServer;
  let window: Window;

  before(async () => {
    server = await startIdentityServer();
    window = await Window.open({
      consumer: false,
      settings: { 'reltioAuth.environments': [{ name: 'local', url: server.url, authUrl: server.url }] },
    });
  });
  after(async () => {
    await closeWindows();
    await server.close();
  });
  beforeEach(() => {
    server.faults.clear();
    server.requests.clear();
    server.policy.stateTokenLifetime = 600;
  });
  afterEach(async () => {
    if (window.page.isClosed()) return; // the last test has closed it
    if ((await window.quickInput()) !== undefined) await window.press('Escape');
    await window.untilNoQuickInput();
  });

  const passwords = () => server.requests.tokenCalls('password');
  const atClients = async (method = 'Password'): Promise<void> => {
    await atMethods(window, server);
    await window.pick(method);
    if (method !== 'Password') await window.pick('Salesforce');
    await window.untilQuickInput({ item: 'Use reltio_ui' });
  };
  const atClientId = async (): Promise<void> => {
    await atClients();
    await window.pick('Enter client id and secret');
    await window.untilQuickInput({ message: /^Client id/ });
  };
  const atUser = async (method?: string): Promise<void> => {
    await atClients(method);
    await window.pick('Use reltio_ui');
    await window.untilQuickInput({ message: /User name/ });
  };
  const atPassword = async ({ name } = server.users.plain, method?: string): Promise<void> => {
    await atUser(method);
    await window.typeInBox(name);
    await window.untilQuickInput({ password: true });
  };
  const atCode = async (): Promise<void> => {
    await atPassword(server.users.withAuthenticator);
    await window.typeInBox(server.users.withAuthenticator.password);
    await window.untilQuickInput({ message: /authenticator app/, password: true });
  };
  const atProviders = async (): Promise<void> => {
    await atMethods(window, server);
    await window.pick('Password at another identity provider');
    await window.untilQuickInput({ placeholder: /Which identity provider/ });
  };
  const elsewhere = 'Password at another identity provider';

  const atHeader = async (): Promise<void> => {
    await atClients();
    await window.pick('Paste the Basic header that Reltio sent');
    await window.untilQuickInput({ message: /Paste the Basic header/, password: true });
  };
  const atSecret = async (): Promise<void> => {
    await atClientId();
    await window.typeInBox('acme_dev');
    await window.untilQuickInput({ message: /Secret of client acme_dev/, password: true });
  };
  const atProviderName = async (): Promise<void> => {
    await atProviders();
    await window.pick('Another one…');
    await window.untilQuickInput({ message: /The idp_system of your identity provider/ });
  };

  for (const [step, goTo, sent] of [
    ['the list of servers', () => window.runCommand('Reltio: Sign In'), 0],
    ['the list of methods', () => atMethods(window, server), 0],
    ['the list of clients', () => atClients(), 0],
    ['the box for the Basic header', atHeader, 0],
    ['the box for the client id', atClientId, 0],
    ['the box for the client secret', atSecret, 0],
    ['the box for the user name', () => atUser(), 0],
    ['the box for the password', () => atPassword(), 0],
    ['the box for the one-time code', atCode, 1],
    ['the list of identity providers', atProviders, 0],
    ['the box for another identity provider', atProviderName, 0],
    ['the box for the password there', () => atPassword(server.users.salesforceOnly, elsewhere), 0],
  ] as const) {
    it(`ends without a message at Escape during ${step}`, async () => {
      const seen = (await window.seenNotifications()).length;
      await goTo();
      await window.press('Escape');
      await window.untilNoQuickInput();
      await window.untilStatusBar('Reltio: Sign in');
      assert.deepEqual((await window.seenNotifications()).slice(seen), []);
      assert.equal(server.requests.tokenCalls().length, sent);
    });
  }

  for (const [method, user] of [
    ['Password', () => server.users.plain],
    [elsewhere, () => server.users.salesforceOnly],
  ] as const) {
    it(`says that something other than Reltio answers, and keeps the box open: ${method}`, async () => {
      await atPassword(user(), method);
      server.faults.always({ kind: 'captivePortal' }, { path: '/oauth/token' });
      await window.typeInBox(user().password);
      const box = await window.untilQuickInput({ message: /Something other than Reltio answered/, severity: 'error' });
      assert.equal(box.password, true);
      assert.equal(passwords().length, 1);
    });
  }

  it('asks for the password again, and says why, when the code comes too late', async () => {
    server.policy.stateTokenLifetime = 1;
    await atCode();
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await window.typeInBox(server.users.withAuthenticator.code());
    await window.untilQuickInput({
      message: /The one-time code has expired\. Enter your password again/,
      password: true,
    });
    assert.equal(passwords().length, 1);
    server.policy.stateTokenLifetime = 600;
    await window.typeInBox(server.users.withAuthenticator.password);
    await window.untilQuickInput({ message: /authenticator app/, password: true });
    await window.typeInBox(server.users.withAuthenticator.code());
    await window.untilNotification(/^Signed in as omar@acme\.com/);
  });

  it('leaves no secret on disk', async () => {
    await assertNothingLeaked(window, server);
  });
});
