import { createPacResolver } from 'pac-resolver';
import type { Page } from 'playwright-core';
import { QuickJS } from 'quickjs-wasi';

/** VS Code in a browser gives no answer when an extension host asks for the system's proxy. */
const unanswered = /async resolveProxy\(\w*\)\{\}/;
const binding = 'reltioTestSystemProxy';

/**
 * Makes VS Code in a browser resolve proxies with the system's PAC file. On a desktop, Electron's Chromium reads that file for the
 * window, and extension hosts ask the window; this replaces only the window's answer. Extension hosts on a server ask if
 * `http.useLocalProxyConfiguration` is true (VS Code, `proxyResolver.ts`).
 */
export async function answerForSystemProxy(page: Page, pacUrl: string): Promise<void> {
  const file = await (await fetch(pacUrl)).text();
  const findProxy = createPacResolver(await QuickJS.create(), file);
  await page.exposeFunction(binding, (url: string) => findProxy(url));
  await page.route('**/workbench/workbench.js', async (route) => {
    const response = await route.fetch();
    const script = await response.text();
    if (!unanswered.test(script))
      throw new Error('This VS Code resolves the system proxy in a way that the tests do not know.');
    await route.fulfill({
      response,
      body: script.replace(unanswered, `async resolveProxy(url){return globalThis.${binding}(url)}`),
    });
  });
}
