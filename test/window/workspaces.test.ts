import assert from 'node:assert/strict';
import type { IdentityServer } from '../identity/server';
import type { Window } from './driver';
import { reltioWindow } from './reltioWindow';
import { signInAsJane } from './signInByPassword';

/** The kinds of workspaces that VS Code opens. A sign-in belongs to the user, so it is there in each. */
describe('another workspace', () => {
  let server: IdentityServer;
  let window: Window;
  const files = {
    'one/readme.md': '',
    'two/readme.md': '',
    'both.code-workspace': JSON.stringify({ folders: [{ path: 'one' }, { path: 'two' }] }),
  };
  reltioWindow({ files: () => files }, (opened) => ({ server, window } = opened));

  async function isSignedIn(): Promise<void> {
    await window.untilStatusBar(/min/);
    const answer = window.notificationAfter(
      () => window.runCommand('Consumer: Ask Silently'),
      /jane@acme\.com|no session/,
    );
    assert.match(await answer, /jane@acme\.com/);
    server.expireAccessTokens();
    const message = /^(New token|Same token|Token refreshed)/;
    assert.match(
      await window.notificationAfter(() => window.runCommand('Reltio: Refresh Access Token'), message),
      message,
    );
  }

  it('starts from a sign-in in a folder', async () => {
    await signInAsJane(window, server);
    await window.runCommand('Consumer: Ask for a Session');
    await window.untilDialog(/wants to sign in using Reltio/);
    await window.answerDialog('Allow');
    await window.notificationAfter(() => window.pick(/^jane@acme/), /^Consumer: status .* as jane/); // VS Code asks which account
    await isSignedIn();
  });

  it('without a folder has the same account', async () => {
    await window.openInstead({ ew: 'true' });
    await isSignedIn();
  });

  it('with several folders has the same account', async () => {
    await window.openInstead({ workspace: window.pathOf('both.code-workspace') });
    await isSignedIn();
  });

  it('on no disk has the same account', async () => {
    await window.openInstead({ folder: 'consumer-memory:/app' });
    await isSignedIn();
  });
});
