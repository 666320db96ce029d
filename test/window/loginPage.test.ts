import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:net';
import type { Page } from 'playwright-core';
import { freePort } from '../../scripts/process/freePort';
import { type IdentityServer, startIdentityServer } from '../identity/server';
import { addressAfter, atMethods, press, waiting } from './browserPages';
import { closeWindows, Window } from './driver';
import { assertNothingLeaked } from './leaks';
import { boxPart, picture } from './pictures';
import { until } from './until';

const sara = 'sara@acme.com';

/** browserSignIn.test.ts signs in on this page too, and is told there that its token does not serve. */
describe('signing in on the login page', () => {
  let server: IdentityServer;
  let window: Window;
  let port: number;

  before(async () => {
    server = await startIdentityServer();
    port = await freePort();
    const authUrl = server.url;
    window = await Window.open({
      consumer: false,
      besideBrowser: true,
      settings: {
        'reltioAuth.environments': [
          { name: 'dev', url: server.url, authUrl },
          { name: 'other', url: `http://localhost:${server.port}`, authUrl },
        ],
        'reltioAuth.browserSignIn.redirectUri': `http://localhost:${port}`,
      },
    });
  });
  after(async () => {
    await closeWindows();
    await server.close();
  });
  beforeEach(() => {
    server.faults.clear();
    server.requests.clear();
    Object.assign(server.policy, {
      ...{ callback: 'code', codeLifetime: 300, codeRefusal: 'invalidGrant' },
      ...{ loginPageDiscovery: 'withPkce', registration: 'public' },
    });
  });
  afterEach(async () => {
    if (window.page.isClosed()) return; // the last test has closed it
    for (const page of window.page.context().pages()) if (page !== window.page) await page.close();
    if ((await window.quickInput()) !== undefined) await window.press('Escape');
    await window.untilNoQuickInput();
  });

  const heading = (page: Page, name: string): Promise<void> => page.getByRole('heading', { name }).waitFor();
  const exchanges = () => server.requests.to('/login/token');
  const isFree = async (): Promise<boolean> => {
    const probe = createServer();
    const free = await new Promise<boolean>((resolve) => {
      probe.once('error', () => resolve(false));
      probe.listen(port, '127.0.0.1', () => resolve(true));
    });
    probe.close();
    return free;
  };
  const untilFree = (): Promise<boolean> => until('the port to be free', isFree);
  const atEnvironments = async (): Promise<void> => {
    await atMethods(window, server);
    await window.pick('Login page');
    await window.untilQuickInput({ placeholder: /Which environment has the login page/, item: 'other' });
  };
  const leave = async (): Promise<void> => {
    await atEnvironments();
    await window.pick('dev');
  };
  const atPage = async (): Promise<Page> => {
    const page = await window.openedPage(leave);
    await heading(page, 'Sign in to Reltio');
    await window.untilQuickInput({ message: waiting, severity: 'none' });
    return page;
  };
  const refusal = (message: RegExp) => window.untilQuickInput({ message, severity: 'error' });

  for (const [step, goTo] of [
    ['the list of environments', atEnvironments],
    ['the wait for the browser', atPage],
  ] as const) {
    it(`ends without a message at Escape during ${step}`, async () => {
      const seen = (await window.seenNotifications()).length;
      await goTo();
      await window.press('Escape');
      await window.untilNoQuickInput();
      await untilFree();
      await window.untilStatusBar('Reltio: Sign in');
      assert.deepEqual((await window.seenNotifications()).slice(seen), []);
      assert.equal(exchanges().length, 0);
    });
  }

  it('goes back from the browser to the environments, and frees the port', async () => {
    await atPage();
    await window.clickQuickInputButton('Back');
    await window.untilQuickInput({ placeholder: /Which environment has the login page/ });
    await untilFree();
  });

  it('says why the page refused, and goes on', async () => {
    server.policy.callback = 'accessDenied';
    const page = await atPage();
    await press(page, 'Cancel');
    await heading(page, 'Reltio did not sign you in');
    await refusal(/The sign-in page refused to sign you in \(access_denied, “The user denied access”\)/);
    assert.equal(exchanges().length, 0);
  });

  it('takes nothing with another state, and goes on waiting', async () => {
    server.policy.callback = 'wrongState';
    const page = await atPage();
    await press(page, sara);
    await heading(page, 'VS Code is not waiting for this page');
    await window.untilQuickInput({ message: waiting, severity: 'none' });
    assert.equal(exchanges().length, 0);
  });

  for (const codeRefusal of ['invalidGrant', 'invalidRequest'] as const) {
    it(`says that the code has expired, whether the page calls that ${codeRefusal}`, async () => {
      Object.assign(server.policy, { codeLifetime: 0, codeRefusal });
      await press(await atPage(), sara);
      await refusal(/no longer accepts the code of this sign-in/);
      assert.equal(exchanges().length, 1);
      await untilFree();
    });
  }

  it('says that something other than Reltio answers for the token, and opens nothing where it answers before', async () => {
    const page = await atPage();
    server.faults.always({ kind: 'captivePortal' }, { path: '/login/token' });
    await press(page, sara);
    await refusal(/Something other than Reltio answered/);
    await window.press('Escape');
    await window.untilNoQuickInput();
    server.faults.always({ kind: 'captivePortal' }, {});
    const pages = window.page.context().pages().length;
    await leave();
    await refusal(/does not announce a login page that can be used/);
    assert.equal(window.page.context().pages().length, pages);
  });

  it('names a port that is in use, and takes the address that the browser shows instead', async () => {
    const other: Server = createServer((socket) => socket.on('error', () => undefined));
    await new Promise<void>((resolve) => {
      other.listen(port, '127.0.0.1', resolve);
    });
    try {
      await leave();
      await refusal(new RegExp(`port ${port} is taken`));
      await picture(window, 'login-page-port', boxPart);
      assert.equal(server.requests.to('/login').length, 0);
      const page = await window.openedPage(() => window.clickQuickInputButton('Paste the callback instead'));
      const address = await addressAfter(page, sara);
      await window.untilQuickInput({ message: /paste the whole address/, password: true });
      await window.typeInBox(address);
      // No client of the user's own is known, and the one that registered itself cannot ask whose token it is.
      await window.untilQuickInput({ message: /You are signed in, but .* does not say as whom/ });
      await window.typeInBox(sara);
      await window.untilNotification(/^Signed in as sara@acme\.com \(http:\/\/127\.0\.0\.1:\d+\)/);
      assert.equal(exchanges().length, 1);
    } finally {
      other.close();
    }
  });

  it('leaves no secret on disk, and no code outside the history of the browser', async () => {
    await assertNothingLeaked(window, server);
  });
});
