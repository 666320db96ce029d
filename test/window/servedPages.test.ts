import assert from 'node:assert/strict';
import axe, { type AxeResults } from 'axe-core';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { BROWSER_FLAGS, installBrowser } from '../../scripts/hosts/browser';
import { freePort } from '../../scripts/process/freePort';
import { systemClock } from '../../src/core/base/clock';
import type { CallbackPage } from '../../src/core/browserSignIn/callbackPage';
import { openLoopbackServer, type LoopbackServer } from '../../src/core/browserSignIn/loopbackServer';
import { savePicture } from './pictures';

const pages: readonly CallbackPage[] = ['accepted', 'refused', 'unexpected'];
/** How people have set up their browsers; the narrow one is a window at 400 %. */
const browsers: Readonly<Record<string, BrowserContextOptions>> = {
  'a light theme': { colorScheme: 'light' },
  'a dark theme': { colorScheme: 'dark' },
  'high contrast': { colorScheme: 'dark', forcedColors: 'active', contrast: 'more' },
  'a zoom of 400 %': { viewport: { width: 320, height: 256 } },
};

/** No window of VS Code: only the pages that a sign-in shows in the browser, as the listener serves them. */
describe('every page that is served', () => {
  let browser: Browser;
  let server: LoopbackServer;
  let address: URL;
  before(async () => {
    browser = await chromium.launch({ executablePath: await installBrowser(), args: BROWSER_FLAGS });
    address = new URL(`http://127.0.0.1:${await freePort()}`);
    const named = (query: URLSearchParams) => pages.find((page) => page === query.get('page')) ?? 'unexpected';
    server = await openLoopbackServer(address, named, systemClock);
  });
  after(async () => {
    await server.close();
    await browser.close();
  });

  const check = async (page: Page): Promise<AxeResults> => {
    await page.evaluate(axe.source); // not as a script of the page, which its security policy would refuse
    return await page.evaluate(() => (globalThis as unknown as { axe: typeof axe }).axe.run());
  };

  for (const [kind, options] of Object.entries(browsers)) {
    it(`has no fault that axe knows, in ${kind}`, async () => {
      const context = await browser.newContext(options);
      const page = await context.newPage();
      for (const name of pages) {
        await page.goto(`${address.href}?page=${name}`);
        const { violations, incomplete, passes } = await check(page);
        const faults = [...violations, ...incomplete].map(
          ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`,
        );
        assert.deepEqual(faults, [], name);
        const checked = passes.map(({ id }) => id);
        for (const rule of [
          'document-title',
          'html-has-lang',
          'html-lang-valid',
          'landmark-one-main',
          'page-has-heading-one',
        ])
          assert.ok(checked.includes(rule), `${name}: ${rule} was checked`);
        const isCutOff = await page.evaluate(
          () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
        );
        assert.equal(isCutOff, false, `${name} needs no scrolling sideways`);
        await savePicture(page, `page-${name}-${kind.replace(/\W+/g, '-')}`);
      }
      await context.close();
    });
  }

  it('would show a fault: axe finds the missing language of a page', async () => {
    const page = await browser.newPage();
    await page.setContent('<title>x</title><main><h1 style="color:#bbb;background:#fff">Signed in</h1></main>');
    const { violations } = await check(page);
    assert.deepEqual(violations.map(({ id }) => id).sort(), ['color-contrast', 'html-has-lang']);
    await page.close();
  });
});
