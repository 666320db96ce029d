import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { IdentityServer } from '../identity/server';
import { addressAfter, answerSteps, atMethods, atServers, openPage, press, waiting } from './browserPages';
import type { Window } from './driver';
import { endsAtEscape } from './endsAtEscape';
import { assertNothingLeaked } from './leaks';
import { boxPart, picture, savePicture } from './pictures';
import { isFree, untilFree, whileTaken } from './ports';
import { eachOnItsOwn, reltioWindow } from './reltioWindow';
import { until } from './until';

const jane = 'jane@acme.com';

describe('signing in through the browser', () => {
  let server: IdentityServer;
  let window: Window;
  let port: number;
  reltioWindow(
    {
      consumer: false,
      besideBrowser: true,
      settings: ({ url }) => ({
        'reltioAuth.environments': [
          { name: 'dev', url, authUrl: url, tenant: 'AcmeDev01' },
          { name: 'test', url, authUrl: url, tenant: 'AcmeTest01' },
        ],
      }),
    },
    (opened) => ({ server, window, port } = opened),
  );
  eachOnItsOwn(() => ({ server, window }));
  beforeEach(() => {
    Object.assign(server.policy, {
      ...{ callback: 'code', callbackErrorText: 'The user denied access', codeLifetime: 300 },
      ...{ ssoCheck: 'sso', discovery: 'absent', pkce: 'checked' },
      ...{ loginPageDiscovery: 'withPkce', loginPageServesDataApi: true },
    });
  });

  const atBrowser = (): Promise<Page> => openPage(window, server, 'Browser');
  const openAgain = (): Promise<Page> =>
    window.openedPage(() => window.clickQuickInputButton('Open the browser again'));
  const codes = () => server.requests.tokenCalls('authorization_code');
  const heading = (page: Page, name: string): Promise<void> => page.getByRole('heading', { name }).waitFor();

  const atClients = async (): Promise<void> => {
    await atMethods(window, server);
    await window.pick('Browser');
    await window.pick('AcmeDev01');
    await window.untilQuickInput({ placeholder: /Which client/ });
  };
  endsAtEscape(
    () => ({ server, window }),
    [
      ['the list of servers', () => atServers(window)],
      ['the list of methods', () => atMethods(window, server)],
      [
        'the list of tenants',
        async () => {
          await atMethods(window, server);
          await window.pick('Browser');
          await window.untilQuickInput({ placeholder: /Which tenant/, item: 'AcmeTest01' });
        },
      ],
      ['the list of clients', atClients],
      [
        'the box for the Basic header',
        async () => {
          await atClients();
          await window.pick('Paste the Basic header that Reltio sent');
          await window.untilQuickInput({ message: /Paste the Basic header/, password: true });
        },
      ],
      [
        'the wait for the browser',
        async () => {
          await atBrowser();
          assert.equal(await isFree(port), false);
        },
      ],
    ],
    async () => {
      await untilFree(port);
      assert.equal(server.requests.tokenCalls().length, 0);
    },
  );

  it('goes back from the browser, and frees the port', async () => {
    await atBrowser();
    await window.clickQuickInputButton('Back');
    await window.untilQuickInput({ placeholder: /Which client|How do you sign in|Which tenant/ });
    await untilFree(port);
  });

  it('takes nothing that does not belong to the sign-in, and goes on waiting', async () => {
    server.policy.callback = 'wrongState';
    const page = await atBrowser();
    await press(page, jane);
    await heading(page, 'VS Code is not waiting for this page');
    await savePicture(page, 'callback-unexpected');
    await page.goto(`${server.url}/`);
    // what any web page can do, without seeing the answers
    await page.evaluate(async (address) => {
      for (const query of ['favicon.ico', '?error=access_denied', '?code=stolen', '?code=stolen&state=guess', '']) {
        await fetch(address + query, { mode: 'no-cors' }).catch(() => undefined);
        await fetch(address + query, { mode: 'no-cors', method: 'POST', body: 'state=' }).catch(() => undefined);
      }
    }, `http://localhost:${port}/`);
    await window.untilQuickInput({ message: waiting, severity: 'none' });
    assert.equal(codes().length, 0);
  });

  it('says why the sign-in page refused, and opens it again', async () => {
    server.policy.callbackErrorText = 'Not [today](command:x), <b>Jane</b>';
    const page = await atBrowser();
    await press(page, 'Cancel');
    await heading(page, 'Reltio did not sign you in');
    await savePicture(page, 'callback-refused');
    const refused = await window.untilQuickInput({
      message: /The sign-in page refused to sign you in \(access_denied/,
      severity: 'error',
    });
    assert.match(refused.message, /“Not \(today\)\(command:x\), \(b\)Jane\(\/b\)”/);
    await picture(window, 'browser-refused', boxPart);
    await heading(await openAgain(), 'Sign in to Reltio');
    await window.untilQuickInput({ message: waiting, severity: 'none' });
  });

  it('says that the code has expired', async () => {
    server.policy.codeLifetime = 0;
    const page = await atBrowser();
    await press(page, jane);
    await window.untilQuickInput({ message: /no longer accepts the code of this sign-in/, severity: 'error' });
    assert.equal(codes().length, 1);
    await untilFree(port);
  });

  it('says that something other than Reltio answers', async () => {
    const page = await atBrowser();
    server.faults.always({ kind: 'captivePortal' }, { path: '/oauth/token' });
    await press(page, jane);
    await window.untilQuickInput({ message: /Something other than Reltio answered/, severity: 'error' });
    assert.equal(codes().length, 1);
  });

  it('says that the users of a tenant sign in with a password, and opens no page', async () => {
    server.policy.ssoCheck = 'native';
    await atMethods(window, server);
    await window.pick('Browser');
    await answerSteps(window, server);
    await window.untilQuickInput({ message: /AcmeDev01 sign in with a Reltio password/, severity: 'error' });
    assert.equal(window.page.context().pages().length, 1);
    assert.equal(server.requests.to('/oauth/sso').length, 0);
  });

  it('names a port that is in use, and takes the address that the browser shows instead', async () => {
    server.policy.discovery = 'withPkce'; // otherwise that program could use the code
    await whileTaken(port, async () => {
      await atMethods(window, server);
      await window.pick('Browser');
      await answerSteps(window, server);
      await window.untilQuickInput({ message: new RegExp(`port ${port} is taken`), severity: 'error' });
      await picture(window, 'browser-port', boxPart);
      assert.equal(server.requests.to('/oauth/sso').length, 0, 'the browser is not sent to a program that waits there');
      const page = await window.openedPage(() => window.clickQuickInputButton('Paste the callback instead'));
      const address = await addressAfter(page, jane);
      assert.ok(address.startsWith(`http://localhost:${port}/?`));
      await window.untilQuickInput({ message: /paste the whole address/ });
      await window.typeInBox(address);
      await window.untilNotification(/^Signed in as jane@acme\.com .* · acme_web/);
    });
  });

  it('opens no page by itself where another program would receive a code that nothing protects, and goes on if the user wants', async () => {
    await whileTaken(port, async () => {
      await atMethods(window, server);
      await window.pick('Browser');
      await answerSteps(window, server);
      await window.untilQuickInput({
        message: new RegExp(`Another program on this computer uses port ${port}\\..*or paste the callback instead`),
        severity: 'error',
      });
      await window.clickQuickInputButton('Paste the callback instead');
      await window.untilQuickInput({ message: /If you know and trust it, open the browser again/, severity: 'error' });
      assert.equal(server.requests.to('/oauth/sso').length, 0);
      const page = await openAgain();
      await window.typeInBox(await addressAfter(page, jane));
      await window.untilNotification(/^Signed in as jane@acme\.com .* · acme_web/);
    });
  });

  it('returns to VS Code from the page on which the user signed in', async () => {
    const page = await atBrowser();
    await picture(window, 'browser-waiting', boxPart);
    await press(page, 'omar@acme.com');
    await heading(page, 'Go back to VS Code');
    await window.untilNotification(/^Signed in as omar@acme\.com \(http:\/\/127\.0\.0\.1:\d+\) · acme_web/);
    await window.untilNoQuickInput();
    await untilFree(port);
    const [sso] = server.requests.to('/oauth/sso');
    assert.equal(sso?.query['redirect_uri'], `http://localhost:${port}`);
    assert.equal(sso?.query['tenant_id'], 'AcmeDev01');
    assert.equal(sso?.query['code_challenge'], undefined);
    const [exchange, ...others] = codes();
    assert.equal(exchange?.form['client_secret'], undefined);
    assert.equal(exchange?.form['redirect_uri'], `http://localhost:${port}`);
    assert.deepEqual(others, []);
  });

  it('shows a page that can be read in light and dark, and that may load and run nothing', async () => {
    const page = await atBrowser();
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => problems.push(message.text()));
    await press(page, jane);
    await heading(page, 'Go back to VS Code');
    const colours: string[] = [];
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      colours.push(await page.evaluate(() => getComputedStyle(document.body).backgroundColor));
      await savePicture(page, `callback-${colorScheme}`);
    }
    assert.equal(new Set(colours).size, 2);
    assert.deepEqual(
      problems.filter((text) => !text.includes('favicon')),
      [],
    );
    assert.equal(await page.evaluate(() => document.body.innerText.includes('code')), false);
  });

  it('proves that it is the same program, where the server announces how', async () => {
    Object.assign(server.policy, { discovery: 'withPkce', pkce: 'required' });
    const signIn = async (): Promise<void> => {
      const page = await atBrowser();
      assert.equal(server.requests.to('/oauth/sso')[0]?.query['code_challenge_method'], 'S256');
      await press(page, 'sara@acme.com');
    };
    await window.notificationAfter(signIn, /^Signed in as sara@acme\.com/);
  });

  const atLoginPage = (): Promise<Page> => openPage(window, server, 'Login page');

  it('signs in on the login page with a client that registers itself, and with one real call', async () => {
    const signIn = async (): Promise<void> => {
      const page = await atLoginPage();
      assert.equal(server.requests.to('/login')[0]?.query['code_challenge_method'], 'S256');
      await press(page, 'sara@acme.com');
      await heading(page, 'Go back to VS Code');
    };
    await window.notificationAfter(signIn, /^Signed in as sara@acme\.com/);
    assert.equal(server.requests.to('/reltio/enhancedTenants').length, 1);
    await untilFree(port);
  });

  it('says that the token of the login page does not serve, and stores nothing', async () => {
    server.policy.loginPageServesDataApi = false;
    const seen = (await window.seenNotifications()).length;
    await press(await atLoginPage(), jane);
    await window.untilQuickInput({ message: /does not accept the token of its own login page/, severity: 'error' });
    assert.deepEqual(
      (await window.seenNotifications()).slice(seen).filter((text) => /Signed in/.test(text)),
      [],
    );
  });

  it('says that there is no login page, and opens none', async () => {
    server.policy.loginPageDiscovery = 'absent';
    await atMethods(window, server);
    await window.pick('Login page');
    await window.untilQuickInput({ message: /does not announce a login page/, severity: 'error' });
    assert.equal(window.page.context().pages().length, 1);
  });

  it('refreshes what the browser brought', async () => {
    await window.runCommand('Reltio: Refresh Access Token');
    await until('a refresh', async () => server.requests.tokenCalls('refresh_token').length === 1);
    assert.equal(server.requests.tokenCalls('refresh_token')[0]?.status, 200);
  });

  it('leaves no secret on disk, and no code outside the history of the browser', async () => {
    await assertNothingLeaked(window, server);
  });
});
