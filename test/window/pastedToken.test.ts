import assert from 'node:assert/strict';
import type { IdentityServer } from '../identity/server';
import { atMethods } from './browserPages';
import type { Window } from './driver';
import { endsAtEscape } from './endsAtEscape';
import { assertNothingLeaked } from './leaks';
import { boxPart, picture } from './pictures';
import { eachOnItsOwn } from './reltioWindow';
import { signInAsJane } from './signInByPassword';
import { isSignInWindowNeeded, signInWindow } from './signInWindow';

describe('signing in with a pasted token', () => {
  let server: IdentityServer;
  let window: Window;
  let token: string;
  signInWindow((opened) => ({ server, window } = opened));
  eachOnItsOwn(() => ({ server, window }));
  before(async () => {
    token = await issueToken(server);
  });

  const atToken = async (): Promise<void> => {
    await atMethods(window, server);
    await window.pick('Paste a token');
    await window.untilQuickInput({ message: /^Paste an access token from 127\.0\.0\.1/, password: true });
  };
  const atCheck = async (): Promise<void> => {
    server.faults.always({ kind: 'hang' }, { path: '/reltio/enhancedTenants' });
    await atToken();
    await window.typeInBox(token);
    await window.untilQuickInput({ placeholder: /^Asking 127\.0\.0\.1:\d+ about the token/ });
  };
  const atUser = async (): Promise<void> => {
    await atToken();
    await window.typeInBox(`Bearer ${token}`);
    await window.untilQuickInput({ message: /^Whose token is it/, password: false });
  };
  const atExpiry = async (): Promise<void> => {
    await atUser();
    await window.typeInBox('jane@acme.com');
    await window.untilQuickInput({ message: /^When does it expire/ });
  };

  endsAtEscape(
    () => ({ server, window }),
    [
      ['the box for the token', atToken],
      ['the check', atCheck],
      ['the box for the user name', atUser],
      ['the box for the expiry', atExpiry],
    ],
  );

  it('goes back step by step, and does not keep the token in its box', async () => {
    await atExpiry();
    await window.clickQuickInputButton('Back');
    assert.equal((await window.untilQuickInput({ message: /^Whose token is it/ })).value, 'jane@acme.com');
    await window.clickQuickInputButton('Back');
    assert.equal((await window.untilQuickInput({ message: /^Paste an access token/, password: true })).value, '');
    await window.clickQuickInputButton('Back');
    await window.untilQuickInput({ placeholder: /How do you sign in/, focused: /^Paste a token/ });
    await window.clickQuickInputButton('Back');
    await window.untilQuickInput({ placeholder: /Which identity server/, focused: /^127\.0\.0\.1:\d+/ });
  });

  it('refuses what cannot be a token, in the box, and sends nothing', async () => {
    await atToken();
    await window.typeInBox('hunter2');
    const box = await window.untilQuickInput({ message: /^This is too short for an access token/, severity: 'error' });
    assert.deepEqual([box.value, server.requests.to('/reltio/enhancedTenants').length], ['', 0]);
  });

  it('asks for another token if the environment refuses this one', async () => {
    await atToken();
    await window.typeInBox(`${token}x`);
    await window.untilQuickInput({ message: /^127\.0\.0\.1:\d+ does not accept this token/, password: true });
    await picture(window, 'token-refused', boxPart);
  });

  it('says that nobody could check the token where something other than Reltio answers', async () => {
    server.faults.always({ kind: 'captivePortal' });
    await atToken();
    await window.typeInBox(token);
    await window.untilQuickInput({ message: /^No server could check this token\. Whose token is it/ });
  });

  it('signs in, and says that the token is never refreshed', async () => {
    await atExpiry();
    await window.typeInBox('soon');
    await window.untilQuickInput({ message: /^Enter the minutes that are left/, severity: 'error' });
    await window.typeInBox('45');
    const text = await window.untilNotification(
      /^Signed in as jane@acme\.com \(http:\/\/127\.0\.0\.1:\d+\) · pasted token\. The token is valid until about/,
    );
    assert.match(text, /A pasted token is never refreshed/);
    await window.untilStatusBar(/44 min|45 min/);
    await picture(window, 'token-signed-in');
  });

  it('is not refreshed by the command, which says so', async () => {
    await window.notificationAfter(() => window.runCommand('Reltio: Refresh Access Token'), /pasted token/i);
    assert.equal(server.requests.tokenCalls().length, 0);
  });

  it('asks nothing that the identity server says, once a client is known', async () => {
    assert.match(await signInAsJane(window, server), /^Signed in as jane@acme\.com \(http:\/\/127\.0\.0\.1:\d+\)\. /);
    const paul = server.users.add({ name: 'paul@acme.com', password: 'paul-paints:31;doors' });
    const pasted = await issueToken(server, paul);
    await atToken();
    await window.typeInBox(pasted);
    const text = await window.untilNotification(/^Signed in as paul@acme\.com .* · pasted token/);
    assert.match(text, /The token is valid until \d/);
    assert.ok(server.requests.to('/oauth/checkToken').length > 0);
  });

  it('leaves no token on disk', async () => {
    await assertNothingLeaked(window, server, isSignInWindowNeeded());
  });
});

/** An access token, as another tool gets it. */
async function issueToken(server: IdentityServer, { name, password } = server.users.plain): Promise<string> {
  const answer = await fetch(`${server.url}/oauth/token`, {
    method: 'POST',
    headers: { authorization: server.clients.own.basic, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ grant_type: 'password', username: name, password }).toString(),
  });
  return ((await answer.json()) as { access_token: string }).access_token;
}
