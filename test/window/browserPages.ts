import type { Page } from 'playwright-core';
import type { IdentityServer } from '../identity/server';
import type { Window } from './driver';
import { until } from './until';

/** The prompt of the box that waits for the browser. */
export const waiting = /Sign in to .* on the page that opens in your browser/;

/** From the palette to the list of identity servers. */
export async function atServers(window: Window): Promise<void> {
  await window.runCommand('Reltio: Sign In');
  await window.untilQuickInput({ placeholder: /Which identity server/ });
}

/** From the palette to the list of methods. */
export async function atMethods(window: Window, server: IdentityServer): Promise<void> {
  await atServers(window);
  await window.pick(new RegExp(`127\\.0\\.0\\.1:${server.port}`));
  await window.untilQuickInput({ placeholder: /How do you sign in/ });
}

/** Answers the steps of a method: a tenant and a client, if they are asked for. The last box waits for the browser. */
export async function answerSteps(window: Window, server: IdentityServer): Promise<void> {
  for (;;) {
    const asked = await until('the next question', async () => {
      const box = await window.quickInput();
      if (waiting.test(box?.message ?? '') || box?.severity === 'error') return 'nothing';
      if (box?.placeholder.startsWith('Which tenant') === true) return 'tenant';
      return box?.items.some(({ label }) => label.startsWith('Paste the Basic')) === true ? 'client' : undefined;
    });
    if (asked === 'nothing') return;
    if (asked === 'tenant') {
      await window.pick('AcmeDev01');
    } else {
      await window.pick('Paste the Basic header that Reltio sent');
      await window.untilQuickInput({ message: /Paste the Basic header/ });
      await window.typeInBox(server.clients.browser.basic);
    }
    await until('that question to close', async () => {
      const box = await window.quickInput();
      return asked === 'tenant'
        ? box?.placeholder.startsWith('Which tenant') !== true
        : box?.message.startsWith('Paste the Basic') !== true && box?.items.length === 0;
    });
  }
}

/** Signs in up to the page that opens in the browser, and returns that page. */
export async function openPage(window: Window, server: IdentityServer, method: string): Promise<Page> {
  const page = await window.openedPage(async () => {
    await atMethods(window, server);
    await window.pick(method);
    await answerSteps(window, server);
  });
  await page.getByRole('heading', { name: 'Sign in to Reltio' }).waitFor();
  return page;
}

/** Presses a button of the page: a user, or Cancel. */
export function press(page: Page, button: string): Promise<void> {
  return page.getByRole('button', { name: button, exact: true }).click();
}

/** Presses a button of the page, and returns the address to which the browser is sent, whether it can show it or not. */
export async function addressAfter(page: Page, button: string): Promise<string> {
  const [request] = await Promise.all([
    page.waitForRequest((one) => one.isNavigationRequest() && one.redirectedFrom() !== null),
    page
      .getByRole('button', { name: button, exact: true })
      .click({ noWaitAfter: true })
      .catch(() => undefined),
  ]);
  return request.url();
}
