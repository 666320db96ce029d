import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { IdentityServer } from '../identity/server';
import type { Window } from './driver';
import { isForDocs } from './pictures';
import { reltioWindow } from './reltioWindow';
import { until } from './until';
import { drawIcon, walkthroughPicture } from './walkthroughPictures';

const box = '.quick-input-widget';

/** Waits until an element has the focus and keeps it: the page is drawn anew when a step is done. */
async function keepFocus(element: Locator): Promise<void> {
  let looks = 0;
  await until('the focus to stay', async () => {
    const isFocused = await element.evaluate((one) => one === document.activeElement).catch(() => false);
    looks = isFocused ? looks + 1 : 0;
    if (!isFocused) await element.focus();
    return looks >= 4;
  });
}

describe('the first run', () => {
  let server: IdentityServer;
  let window: Window;
  reltioWindow(
    {
      besideBrowser: true,
      settings: ({ url }) => ({
        'reltioAuth.environments': [],
        'consumer.scopes': ['RELTIO_ENVIRONMENT:local'],
        'consumer.url': `${url}/reltio/enhancedTenants`,
      }),
    },
    (opened) => ({ server, window } = opened),
  );

  /** What VS Code encrypts the secrets with: it asks for it at the first write, and again at a second one that does not wait. */
  before(async () => {
    let requests = 0;
    await window.page.route('**/mint-key', async (route) => {
      if (++requests === 1) await new Promise((resolve) => setTimeout(resolve, 600));
      await route.continue();
    });
  });

  const step = (title: string): Locator =>
    window.page.locator('.getting-started-step').filter({ has: window.page.getByText(title, { exact: true }) });
  const isDone = async (title: string): Promise<boolean> =>
    (await step(title).locator('.codicon-getting-started-step-checked').count()) > 0;
  const untilDone = (title: string): Promise<unknown> => until(`the step "${title}" to be done`, () => isDone(title));
  /** Opens a step and presses its button, with the keyboard alone. */
  const pressButton = async (title: string, button: string): Promise<void> => {
    await window.runCommand('Reltio: Get Started');
    await keepFocus(step(title));
    await window.press('Enter');
    await keepFocus(step(title).getByRole('button', { name: button }));
    await window.press('Enter');
  };

  it('shows nothing but an item in the status bar, which says in words what to do', async () => {
    const { text, spoken } = await window.untilStatusBar(/Sign in/);
    assert.equal(text, 'Reltio: Sign in');
    assert.equal(spoken, 'Reltio: Signed out. Sign in.');
    assert.match(await window.statusBarTooltip(), /You are not signed in to Reltio\..*Sign in.*Get started/s);
    assert.equal(await window.page.locator('.tabs-container .tab').count(), 0);
    assert.deepEqual(await window.seenNotifications(), []);
  });

  it('has a walkthrough of four steps, none of which is done', async () => {
    await drawIcon(window);
    await window.runCommand('Reltio: Get Started');
    await step('Add your environment').waitFor();
    assert.equal(await window.page.locator('.getting-started-step').count(), 4);
    assert.equal(await window.page.locator('.codicon-getting-started-step-checked').count(), 0);
    const picture = window.page.locator('.getting-started-media img').first();
    assert.match((await picture.getAttribute('alt')) ?? '', /address of a Reltio page/);
    if (!isForDocs)
      await until('the picture', () => picture.evaluate((one) => (one as HTMLImageElement).naturalWidth > 100));
  });

  it('ticks off the environment once one is added, and not when its box is left', async () => {
    await walkthroughPicture(window, 'environment', box, async () => {
      await pressButton('Add your environment', 'Add Environment');
      await window.untilQuickInput({ message: /Paste the address of a Reltio page/ });
    });
    await window.press('Escape');
    await window.untilNoQuickInput();
    assert.equal(await isDone('Add your environment'), false);
    await window.runCommand('Reltio: Add Environment');
    await window.untilQuickInput({ message: /Paste the address of a Reltio page/ });
    await window.typeInBox(`${server.url}/ui/`);
    await window.pick(new RegExp(`127\\.0\\.0\\.1:${server.port}`));
    await window.pick(/Without a tenant|No tenant|Skip/);
    await window.untilQuickInput({ message: /What do you want to call/ });
    await window.press('Enter');
    await window.pick('No production data');
    await untilDone('Add your environment');
  });

  it('ticks off the sign-in', async () => {
    await walkthroughPicture(window, 'signIn', box, async () => {
      await pressButton('Sign in', 'Sign In');
      await window.pick(new RegExp(`127\\.0\\.0\\.1:${server.port}`));
      await window.untilQuickInput({ placeholder: /How do you sign in/ });
    });
    await window.pick('Password');
    await window.pick('Use reltio_ui');
    await window.untilQuickInput({ message: /User name/ });
    await window.typeInBox(server.users.plain.name);
    await window.untilQuickInput({ password: true });
    await window.typeInBox(server.users.plain.password);
    await untilDone('Sign in');
    assert.equal(await isDone('Use Reltio from your tools'), false);
  });

  it('ticks off the first use of the token', async () => {
    await walkthroughPicture(window, 'useToken', box, async () => {
      await window.runCommand('Reltio: Show Menu');
      await window.untilQuickInput({ focused: /Refresh token/ });
    });
    await window.press('Escape');
    await pressButton('Use Reltio from your tools', 'Copy Access Token');
    await untilDone('Use Reltio from your tools');
  });

  it('ticks off the other extension once one has asked', async () => {
    assert.equal(await isDone('Connect another extension'), false);
    await walkthroughPicture(window, 'connect', '.monaco-dialog-box', async () => {
      await window.runCommand('Consumer: Ask for a Session');
      await window.untilDialog(/wants to sign in using Reltio|wants to access/);
    });
    await window.answerDialog('Allow');
    await window.notificationAfter(() => window.pick(/^jane@acme/), /^Consumer: status/);
    await untilDone('Connect another extension');
  });

  it('keeps the sign-in and what is done after a reload, and opens nothing again', async () => {
    await window.runCommand('View: Close All Editors');
    await window.reloadByCommand();
    await window.untilStatusBar(/min$/);
    assert.equal(await window.page.locator('.tabs-container .tab').count(), 0);
    await window.runCommand('Reltio: Get Started');
    await until(
      'all steps',
      async () => (await window.page.locator('.codicon-getting-started-step-checked').count()) >= 4,
    );
  });
});
