import { createPacResolver } from 'pac-resolver';
import type { Page } from 'playwright-core';
import { QuickJS } from 'quickjs-wasi';

/** What VS Code in a browser answers when an extension host asks for the system's proxy: nothing. */
const unanswered = /async resolveProxy\(\w*\)\{\}/;
const binding = 'reltioTestSystemProxy';

/**
 * Lets a VS Code in a browser answer for the system's PAC file. On a desktop Electron's Chromium reads that file for the
 * window, and extension hosts ask the window; only that last answer is put in its place here. Extension hosts on a
 * server ask for it where `http.useLocalProxyConfiguration` is true (VS Code, `proxyResolver.ts`).
 */
export async function answerForSystemProxy(page: Page, pacUrl: string): Promise<void> {
  const file = await (await fetch(pacUrl)).text();
  const findProxy = createPacResolver(await QuickJS.create(), file);
  await page.exposeFunction(binding, (url: string) => findProxy(url));
  await page.route('**/workbench/workbench.js', async (route) => {
    const response = await route.fetch();
    const script = await response.text();
    if (!unanswered.test(script))
      throw new Error('This VS Code answers for the proxy in a way that is not known here.');
    await route.fulfill({
      response,
      body: script.replace(unanswered, `async resolveProxy(url){return globalThis.${binding}(url)}`),
    });
  });
}
