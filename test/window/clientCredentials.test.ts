import assert from 'node:assert/strict';
import type { Client } from '../identity/clients';
import type { IdentityServer } from '../identity/server';
import { atMethods, atServers } from './browserPages';
import type { Window } from './driver';
import { endsAtEscape } from './endsAtEscape';
import { assertNothingLeaked } from './leaks';
import { boxPart, picture } from './pictures';
import { eachOnItsOwn } from './reltioWindow';
import { isSignInWindowNeeded, signInWindow } from './signInWindow';
import { until } from './until';

describe('signing in with client credentials', () => {
  let server: IdentityServer;
  let window: Window;
  signInWindow((opened) => ({ server, window } = opened));
  eachOnItsOwn(() => ({ server, window }));

  const requests = () => server.requests.tokenCalls('client_credentials');
  const atClients = async (): Promise<void> => {
    await atMethods(window, server);
    await window.pick('Client credentials');
    await window.untilQuickInput({ placeholder: /Which client do you sign in with/ });
  };
  const atClientId = async (): Promise<void> => {
    await atClients();
    await window.pick('Enter client id and secret');
    await window.untilQuickInput({ message: /^Client id/ });
  };
  const atSecret = async (id = server.clients.batch.id): Promise<void> => {
    await atClientId();
    await window.typeInBox(id);
    await window.untilQuickInput({ message: new RegExp(`Secret of client ${id}`), password: true });
  };
  const atWaiting = async (): Promise<void> => {
    server.faults.always({ kind: 'hang' }, { path: '/oauth/token' });
    await atSecret();
    await window.typeInBox(server.clients.batch.secret);
    await window.untilQuickInput({ placeholder: /Signing in client acme_batch at 127\.0\.0\.1/ });
    await until('the request', async () => requests().length === 1);
  };
  const enter = async ({ id, secret }: Client): Promise<void> => {
    await atSecret(id);
    await window.typeInBox(secret);
  };

  endsAtEscape(
    () => ({ server, window }),
    [
      ['the list of servers', () => atServers(window)],
      ['the list of methods', () => atMethods(window, server)],
      ['the list of clients', atClients],
      ['the box for the client id', atClientId],
      ['the box for the secret', atSecret],
      ['the request', atWaiting],
    ],
    (step) => assert.equal(requests().length, step === 'the request' ? 1 : 0),
  );

  it('goes back step by step, and keeps what was typed', async () => {
    await atSecret();
    await window.clickQuickInputButton('Back');
    assert.equal((await window.untilQuickInput({ message: /^Client id/ })).value, 'acme_batch');
    await window.clickQuickInputButton('Back');
    await window.untilQuickInput({ placeholder: /Which client/ });
    await window.clickQuickInputButton('Back');
    await window.untilQuickInput({ placeholder: /How do you sign in/ });
  });

  it('asks for the secret again if the server rejects it', async () => {
    await atSecret();
    await window.typeInBox('not its secret');
    await window.untilQuickInput({ placeholder: /rejects client acme_batch or its secret/ });
    assert.equal(requests().length, 2, 'once in the header, once in the body');
    await window.pick('acme_batch');
    await window.untilQuickInput({ message: /rejects client acme_batch or its secret/, password: true });
    await picture(window, 'client-secret', boxPart);
  });

  it('says what is wrong with a client that may not do this, and offers another', async () => {
    await enter(server.clients.own);
    const dialog = await window.untilDialog(/Client acme_dev could not sign in/);
    assert.match(dialog.detail, /does not allow this client/);
    await window.answerDialog('Use Another Client');
    await window.untilQuickInput({ placeholder: /Which client/ });
  });

  it('says that something other than Reltio answers, and tries again', async () => {
    server.faults.always({ kind: 'captivePortal' }, { path: '/oauth/token' });
    await enter(server.clients.batch);
    const dialog = await window.untilDialog(/Client acme_batch could not sign in/);
    assert.match(dialog.detail, /Something other than Reltio answered/);
    await picture(window, 'client-captive');
    await window.answerDialog('Try Again');
    await until('a second request', async () => requests().length === 2);
    await window.answerDialog('Cancel');
    await window.untilNoQuickInput();
    await window.untilStatusBar('Reltio: Sign in');
  });

  it('signs in, and shows the client in place of a user', async () => {
    await enter(server.clients.batch);
    await window.untilNotification(
      /^Signed in as client acme_batch \(http:\/\/127\.0\.0\.1:\d+\)\. The token is valid/,
    );
    await window.untilStatusBar(/^Reltio (59|60) min$|^Reltio 1 h$/);
    assert.equal(requests().length, 1);
    assert.equal(requests()[0]?.form['client_secret'], undefined);
    await picture(window, 'client-signed-in');
  });

  it('offers what was used last first', async () => {
    await atMethods(window, server);
    const box = await window.untilQuickInput({ focused: 'Client credentials' });
    assert.equal(box.items[0]?.label, 'Client credentials');
    await window.pick('Client credentials');
    await window.untilQuickInput({ item: 'acme_batch' });
  });

  it('accepts a client that sends its secret in the body', async () => {
    await enter(server.clients.inBody);
    await window.untilNotification(/^Signed in as client acme_postman/);
    assert.deepEqual(
      requests().map(({ status, headers, form }) => [
        status,
        headers.authorization !== undefined,
        'client_secret' in form,
      ]),
      [
        [401, true, false],
        [200, false, true],
      ],
    );
  });

  it('does not ask for another token before this one has expired', async () => {
    await window.notificationAfter(
      () => window.runCommand('Reltio: Refresh Access Token'),
      /acme_postman.*still valid|still valid.*acme_postman|valid until/,
    );
    assert.equal(requests().length, 0);
  });

  it('leaves no secret on disk', async () => {
    await assertNothingLeaked(window, server, isSignInWindowNeeded());
  });
});
