import assert from 'node:assert/strict';
import type { IdentityServer } from '../identity/server';
import type { Window } from './driver';
import { reltioWindow } from './reltioWindow';
import { until } from './until';

/** examples/consumer as a user has it: installed from its package, with the real questions of VS Code. */
describe('the example for other extensions', () => {
  let server: IdentityServer;
  let window: Window;
  reltioWindow({ consumer: 'example' }, (opened) => ({ server, window } = opened));

  const view = () => window.page.locator('.pane', { hasText: 'Reltio Tenants' });
  const clickSignIn = () => view().getByRole('button', { name: 'Sign In to Reltio' }).click();

  it('asks nothing by itself, and offers to sign in', async () => {
    await window.runCommand('Explorer: Focus on Reltio Tenants View');
    await view().getByText('Sign in to see your tenants.').waitFor();
    assert.equal(await window.page.locator('.monaco-dialog-box').count(), 0);
    assert.deepEqual(server.requests.to('/reltio/enhancedTenants'), []);
  });

  it('says nothing when the user says no', async () => {
    await clickSignIn();
    await window.untilDialog(/The extension 'Reltio Example' wants to sign in using Reltio/);
    await window.answerDialog('Cancel');
    await clickSignIn();
    await window.untilDialog(/wants to sign in using Reltio/);
    await window.answerDialog('Allow');
    await window.untilQuickInput({});
    await window.press('Escape');
    await window.untilStatusBar(/Sign in/);
    assert.deepEqual(await window.notifications(), []);
  });

  it('shows the tenants of the account once the user agrees and signs in', async () => {
    await clickSignIn();
    await window.untilDialog(/wants to sign in using Reltio/);
    await window.answerDialog('Allow');
    await window.pick('Password'); // the environment has said at which server
    await window.pick('Use reltio_ui');
    await window.untilQuickInput({ message: /User name/ });
    await window.typeInBox(server.users.plain.name);
    await window.untilQuickInput({ password: true });
    await window.typeInBox(server.users.plain.password);
    await view().getByText('Acme Development').waitFor();
    await view()
      .getByText(/^local as jane@acme\.com/)
      .waitFor();
    assert.equal(server.requests.to('/reltio/enhancedTenants').length, 1);
  });

  it('opens what the user clicks', async () => {
    const document = window.page.locator('.view-lines', { hasText: 'configuration/entityTypes/HCP' });
    await until('the document', async () => {
      await view().getByText('Acme Development').hover();
      await view().getByRole('button', { name: 'Open Configuration' }).first().click(); // lost if the view is drawn anew now
      return await document.waitFor({ timeout: 3_000 }).then(
        () => true,
        () => false,
      );
    });
  });
});
