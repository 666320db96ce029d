import assert from 'node:assert/strict';
import type { IdentityServer } from '../identity/server';
import { atMethods, atServers } from './browserPages';
import type { Window } from './driver';
import { endsAtEscape } from './endsAtEscape';
import { assertNothingLeaked } from './leaks';
import { eachOnItsOwn } from './reltioWindow';
import { isSignInWindowNeeded, signInWindow } from './signInWindow';

/** signIn.test.ts signs in with passwords; here the user leaves, or something is in the way. */
describe('signing in with a password that leads nowhere', () => {
  let server: IdentityServer;
  let window: Window;
  signInWindow((opened) => ({ server, window } = opened));
  eachOnItsOwn(() => ({ server, window }));
  beforeEach(() => {
    server.policy.stateTokenLifetime = 600;
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

  endsAtEscape(
    () => ({ server, window }),
    [
      ['the list of servers', () => atServers(window)],
      ['the list of methods', () => atMethods(window, server)],
      ['the list of clients', () => atClients()],
      ['the box for the Basic header', atHeader],
      ['the box for the client id', atClientId],
      ['the box for the client secret', atSecret],
      ['the box for the user name', () => atUser()],
      ['the box for the password', () => atPassword()],
      ['the box for the one-time code', atCode],
      ['the list of identity providers', atProviders],
      ['the box for another identity provider', atProviderName],
      ['the box for the password there', () => atPassword(server.users.salesforceOnly, elsewhere)],
    ],
    (step) => assert.equal(server.requests.tokenCalls().length, step === 'the box for the one-time code' ? 1 : 0),
  );

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
    await assertNothingLeaked(window, server, isSignInWindowNeeded());
  });
});
