import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { IdentityServer } from '../identity/server';
import { addressAfter, atMethods, press, waiting } from './browserPages';
import type { Window } from './driver';
import { endsAtEscape } from './endsAtEscape';
import { assertNothingLeaked } from './leaks';
import { boxPart, picture } from './pictures';
import { untilFree, whileTaken } from './ports';
import { eachOnItsOwn, reltioWindow } from './reltioWindow';

const sara = 'sara@acme.com';

/** browserSignIn.test.ts signs in on this page too, and is told there that its token does not serve. */
describe('signing in on the login page', () => {
  let server: IdentityServer;
  let window: Window;
  let port: number;
  reltioWindow(
    {
      consumer: false,
      besideBrowser: true,
      settings: (reltio) => ({
        'reltioAuth.environments': [
          { name: 'dev', url: reltio.url, authUrl: reltio.url },
          { name: 'other', url: `http://localhost:${reltio.port}`, authUrl: reltio.url },
        ],
      }),
    },
    (opened) => ({ server, window, port } = opened),
  );
  eachOnItsOwn(() => ({ server, window }));
  beforeEach(() => {
    Object.assign(server.policy, {
      ...{ callback: 'code', codeLifetime: 300, codeRefusal: 'invalidGrant' },
      ...{ loginPageDiscovery: 'withPkce', registration: 'public' },
    });
  });

  const heading = (page: Page, name: string): Promise<void> => page.getByRole('heading', { name }).waitFor();
  const exchanges = () => server.requests.to('/login/token');
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

  endsAtEscape(
    () => ({ server, window }),
    [
      ['the list of environments', atEnvironments],
      ['the wait for the browser', atPage],
    ],
    async () => {
      await untilFree(port);
      assert.equal(exchanges().length, 0);
    },
  );

  it('goes back from the browser to the environments, and frees the port', async () => {
    await atPage();
    await window.clickQuickInputButton('Back');
    await window.untilQuickInput({ placeholder: /Which environment has the login page/ });
    await untilFree(port);
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
      await untilFree(port);
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
    await whileTaken(port, async () => {
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
    });
  });

  it('leaves no secret on disk, and no code outside the history of the browser', async () => {
    await assertNothingLeaked(window, server);
  });
});
