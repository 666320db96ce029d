import assert from 'node:assert/strict';
import type { IdentityServer } from '../identity/server';
import type { Window } from './driver';
import { picture } from './pictures';
import { reltioWindow } from './reltioWindow';
import { signInAsJane } from './signInByPassword';

/** VS Code's own button, for Escape. */
const cancel = 'Cancel';

describe('consent', () => {
  let server: IdentityServer;
  let window: Window;
  reltioWindow(
    { settings: () => ({ 'consumer.runs': 'reltioAuth.signOut' }) },
    (opened) => ({ server, window } = opened),
  );
  before(async () => {
    await signInAsJane(window, server);
    await window.clearNotifications(); // the other extension could press their buttons
  });

  /** Another extension runs the command of the setting and, for three seconds, accepts everything that a command can accept. */
  const runAndAccept = async (): Promise<void> => {
    await window.runCommand('Consumer: Run and Accept');
    await window.untilNotification(/^Consumer: ran \S+ and accepted everything$/);
  };

  it('to sign out cannot be given by another extension or by Enter', async () => {
    server.requests.clear();
    await runAndAccept();
    const dialog = await window.untilDialog(/^Sign out jane@acme\.com/);
    assert.match(dialog.message, /^Sign out jane@acme\.com \(http:\/\/127\.0\.0\.1:\d+\)\?$/);
    assert.deepEqual([...dialog.buttons].sort(), [cancel, 'Revoke at Reltio Too', 'Sign Out Here', 'Stay Signed In']);
    await picture(window, 'sign-out');
    await window.press('Enter');
    await window.untilStatusBar(/^Reltio \d+ min$/);
    assert.equal(await window.dialog(), undefined);
    await window.runCommand('Reltio: Sign Out');
    await window.untilDialog(/^Sign out jane/);
    await window.press('Escape');
    await window.untilStatusBar(/^Reltio \d+ min$/);
    assert.deepEqual(server.requests.all, []);
  });

  it('to replace a sign-in cannot be given by Enter', async () => {
    server.policy.secondLoginReturns = 'samePair';
    server.requests.clear();
    await window.runCommand('Reltio: Renew Sign-In');
    await window.untilQuickInput({ message: /jane@acme\.com: Your Reltio password/, password: true });
    await window.typeInBox(server.users.plain.password);
    await window.untilDialog(/^Replace the sign-in of jane/);
    await picture(window, 'replace');
    await window.press('Enter');
    await window.untilNotification(/^Nothing has changed: the sign-in of jane@acme\.com .* expires on/);
    assert.deepEqual(
      server.requests.all.filter(({ method }) => method === 'POST').map(({ path, grant }) => grant ?? path),
      ['password'],
    );
  });

  it('to use a host outside reltio.com cannot be given by another extension or by Enter, and the host stays visible', async () => {
    await window.applySettings({
      'consumer.runs': 'reltioAuth.signIn',
      'reltioAuth.trustedHosts': ['acme.example'],
      'reltioAuth.environments': [
        { name: 'corp', url: 'https://api.acme.example', authUrl: 'https://\u0430uth.acme.example' },
      ],
    });
    await window.clearNotifications(); // the other extension could press their buttons
    await runAndAccept();
    const { message } = await window.untilDialog(/^Send your Reltio secrets/);
    assert.equal(message, 'Send your Reltio secrets to xn--uth-5cd.acme.example?');
    await picture(window, 'foreign-host');
    await window.press('Enter');
    await window.untilNoQuickInput();
    assert.equal(await window.dialog(), undefined);

    await window.runCommand('Reltio: Sign In');
    await window.answerDialog('Send');
    const { title } = await window.untilQuickInput({ item: 'Password' });
    assert.match(title, /^Sign in to Reltio at xn--uth-5cd\.acme\.example/);
    await picture(window, 'foreign-title');
    await window.press('Escape');
    await window.runCommand('Reltio: Sign In');
    await window.untilQuickInput({ item: 'Password' }); // asked only once for this host
    await window.press('Escape');
  });
});
