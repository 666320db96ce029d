import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IdentityServer } from '../identity/server';
import type { Window } from './driver';
import { assertNothingLeaked } from './leaks';
import { picture } from './pictures';
import { renderedPage } from './renderedPage';
import { reltioWindow } from './reltioWindow';
import { signInAsJane } from './signInByPassword';
import { trustWorkspace, UNTRUSTED } from './trust';
import { until } from './until';

interface Curled {
  /** The exit code: 7 if nothing listens. */
  readonly exit: number;
  readonly status: number;
  readonly body: string;
  /** `X-Reltio-Local-Proxy` of the proxy's own answers, empty for those of Reltio. */
  readonly refusal: string;
}

/** Where VS Code shows the tooltip of the status bar item. */
const tooltipPart = { x: 784, y: 540, width: 496, height: 260 };

/** Calls curl as a user would. */
function curl(url: string, ...options: string[]): Promise<Curled> {
  const form = '\n%{http_code} %header{x-reltio-local-proxy}';
  return new Promise((resolve) => {
    execFile('curl', ['-sS', '--noproxy', '*', '-m', '90', '-w', form, ...options, url], (error, stdout) => {
      const [, body = '', status = '0', refusal = ''] = /^(.*)\n(\d+) ?(.*)$/s.exec(stdout) ?? [];
      resolve({ exit: Number(error?.code ?? 0), status: Number(status), body, refusal });
    });
  });
}

describe('the local proxy', function () {
  this.bail(true); // each test builds on those before it
  let server: IdentityServer;
  let window: Window;
  /** The key that a web page and the address bar of the browser have had, until there is a new one. */
  let visited = '';
  /** What was copied: the address of an environment, with the key. */
  let address: string;
  reltioWindow(
    {
      consumer: false,
      settings: ({ url }) => ({
        ...UNTRUSTED,
        'reltioAuth.environments': [
          { name: 'local', url, authUrl: url },
          { name: 'live', url, authUrl: url, production: true },
          { name: 'live 2', url, authUrl: url, production: true },
        ],
      }),
    },
    (opened) => ({ server, window } = opened),
  );

  /** A web page at another port of this computer. */
  let site: Server;
  before(async () => {
    site = createServer((_request, response) => {
      response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!DOCTYPE html><title>A recipe</title>');
    });
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  });
  after(() => {
    site.closeAllConnections();
    site.close();
  });

  const tenants = '/reltio/enhancedTenants?showAll=true';
  const entities = '/reltio/api/AcmeDev01/entities';
  const copy = async (environment: string, form: string): Promise<string> => {
    await window.clearClipboard();
    await window.runCommand('Reltio: Copy Local Proxy Address');
    await window.pick(environment);
    await window.pick(form);
    return await until('the address on the clipboard', async () => (await window.clipboard()) || undefined);
  };
  const keyOf = (copied: string): string => /:\d+\/([\w-]{43})\//.exec(copied)?.[1] ?? '';
  /** What of Reltio's API was called. */
  const reached = (): string[] => server.requests.all.map(({ method, path }) => `${method} ${path}`);

  it('starts in no untrusted workspace, and offers to trust it', async () => {
    await signInAsJane(window, server);
    for (const command of ['Start Local Proxy', 'Copy Local Proxy Address']) {
      await window.notificationAfter(
        () => window.runCommand(`Reltio: ${command}`),
        /^The local proxy starts only in a trusted workspace\. /,
      );
      assert.equal(await window.dialog(), undefined);
    }
    await window.clickNotificationButton('Manage Workspace Trust');
    await trustWorkspace(window);
  });

  it('starts after a question that says what that means, and Enter starts nothing', async () => {
    await window.runCommand('Reltio: Start Local Proxy');
    const { detail } = await window.untilDialog('Start the local proxy?');
    assert.match(detail, /whoever has it, on this computer, can call Reltio as you until you/);
    assert.match(detail, /live \(127\.0\.0\.1:\d+, production\)/);
    await window.press('Enter');
    await window.untilNoDialog();
    assert.doesNotMatch(await window.statusBarTooltip(), /Local proxy/);
    await window.runCommand('Reltio: Start Local Proxy');
    await window.answerDialog('Start');
    await window.untilNotification(/^The local proxy runs on port \d+\. /);
    await until('the proxy in the tooltip', async () =>
      /Local proxy on port \d+: no requests since \d\d:\d\d\./.test(await window.statusBarTooltip()),
    );
    assert.match((await window.statusBar())?.spoken ?? '', /The local proxy runs\.$/);
  });

  it('lists the environments with their account, production not first, and copies an address for curl', async () => {
    await window.runCommand('Reltio: Copy Local Proxy Address');
    const list = await window.untilQuickInput({ item: 'local' });
    assert.deepEqual(
      list.items.map(({ label }) => label),
      ['local', 'live', 'live 2', 'Add an environment'],
    );
    await window.press('Escape');
    address = await copy('local', 'Address');
    assert.match(address, /^http:\/\/127\.0\.0\.1:\d+\/[\w-]{43}\/local$/);
    await window.untilNotification(
      /^Address copied: requests to local act as jane@acme\.com \(.*127\.0\.0\.1:\d+\)\.$/,
    );
    const { status, body, refusal } = await curl(address + tenants);
    assert.deepEqual([status, refusal], [200, '']);
    assert.match(body, /AcmeDev01/);
  });

  it('copies the line for a shell, for .http files, and with the name of an environment percent-encoded', async () => {
    assert.equal(await copy('local', 'RELTIO_URL'), ` export RELTIO_URL='${address}'`);
    assert.equal(await copy('local', '@baseUrl'), `@baseUrl = ${address}`);
    assert.equal(await copy('live 2', 'Address'), address.replace(/local$/, 'live%202'));
  });

  it('goes on after the token has expired', async () => {
    server.expireAccessTokens();
    server.requests.clear();
    assert.equal((await curl(address + tenants)).status, 200);
    assert.deepEqual(
      server.requests.tokenCalls().map(({ grant }) => grant),
      ['refresh_token'],
    );
  });

  it('asks before a change in production: a no is a 403 that is not asked about again, a yes passes', async () => {
    const put = (name: string): Promise<Curled> =>
      curl(address.replace(/local$/, name) + entities, '-X', 'PUT', '-H', 'Content-Type: application/json', '-d', '[]');
    const isProxys = ({ status, refusal }: Curled): boolean => status === 403 && refusal === 'productionNotAllowed';
    server.requests.clear();
    const refused = put('live');
    const { message } = await window.untilDialog(/PUT/);
    assert.match(message, /live \(production\)/);
    await window.press('Enter');
    assert.ok(isProxys(await refused));
    assert.ok(isProxys(await put('live')));
    assert.equal(await window.dialog(), undefined);
    assert.deepEqual(reached(), []);
    assert.equal((await curl(address.replace(/local$/, 'live') + tenants)).status, 200, 'reading needs no yes');

    const allowed = put('live%202');
    await window.answerDialog('Allow for 15 Minutes');
    const answer = await allowed;
    assert.equal(answer.refusal, '');
    assert.match(answer.body, /Request method not supported/); // what the tests' Reltio says to a PUT
    assert.equal((await put('live%202')).refusal, '');
    assert.equal(await window.dialog(), undefined);
  });

  it('answers no request of a web page that knows the key', async () => {
    const target = address + tenants;
    server.requests.clear();
    for (const host of ['127.0.0.1', 'localhost']) {
      const page = await window.page.context().newPage();
      await page.goto(`http://${host}:${(site.address() as AddressInfo).port}/`);
      const tried = await page.evaluate(
        async ({ url, key }) => {
          const outcome = (work: Promise<unknown>): Promise<string> =>
            Promise.race([
              work.then(
                (answer) => (answer instanceof Response ? `${answer.type} ${answer.status}` : String(answer)),
                () => 'failed',
              ),
              new Promise<string>((resolve) => setTimeout(resolve, 5_000, 'silent')),
            ]);
          const event = (target: EventTarget, ...names: string[]): Promise<string> =>
            new Promise((resolve) => {
              for (const name of names) target.addEventListener(name, () => resolve(name));
            });
          const add = <T extends HTMLElement>(element: T): T => document.body.appendChild(element);
          const image = new Image();
          const frame = document.createElement('iframe');
          frame.name = 'frame'; // before it is added, else the form opens a window of its own
          add(frame);
          const script = document.createElement('script');
          const loads = [event(image, 'load', 'error'), event(script, 'load', 'error'), event(frame, 'load')];
          image.src = url;
          script.src = url;
          add(script);
          const form = add(document.createElement('form'));
          Object.assign(form, { method: 'post', action: url, target: 'frame' });
          form.submit();
          return {
            cors: await outcome(fetch(url)),
            withHeader: await outcome(fetch(url, { headers: { authorization: `Bearer ${key}` } })),
            noCors: await outcome(fetch(url, { mode: 'no-cors' })),
            post: await outcome(fetch(url, { method: 'POST', mode: 'no-cors', body: 'x' })),
            loads: await Promise.all(loads.map(outcome)),
            socket: await outcome(event(new WebSocket(url.replace('http', 'ws')), 'open', 'error')),
            beacon: navigator.sendBeacon(url, 'x'),
          };
        },
        { url: target, key: keyOf(address) },
      );
      assert.deepEqual(
        [tried.cors, tried.withHeader, ...tried.loads.slice(0, 2), tried.socket],
        ['failed', 'failed', 'error', 'error', 'error'],
      );
      const [answer] = await Promise.all([
        page.waitForResponse(
          (one) => one.request().frame() === page.mainFrame() && one.request().isNavigationRequest(),
        ),
        page.waitForEvent('load'), // a page that is closed before may never close
        page.evaluate((url) => {
          location.href = url;
        }, target),
      ]);
      assert.equal(answer.status(), 403, 'a link to it');
      await page.close();
    }
    assert.deepEqual(reached(), []);
  });

  it('answers an address that the user typed, and the page that is shown then cannot send another request', async () => {
    const page = await window.page.context().newPage();
    server.requests.clear();
    const typed = await page.goto(address + tenants);
    assert.equal(typed?.status(), 200);
    assert.deepEqual(reached(), ['GET /reltio/enhancedTenants']);
    const again = await page.evaluate(
      (url) =>
        fetch(url).then(
          ({ status }) => status,
          () => 'failed',
        ),
      address + tenants,
    );
    assert.ok(again === 403 || again === 'failed', String(again));
    assert.equal(reached().length, 1);
    await page.close();
  });

  it('counts the requests in the tooltip and in the session details', async () => {
    // two for local, one for live, two for live 2, one that was typed; those that were refused do not count
    await until('the count', async () => /: 6 requests since/.test(await window.statusBarTooltip()));
    assert.match(
      await window.statusBarTooltip(),
      /live, live 2, local: jane@acme\.com|local, live, live 2: jane@acme\.com/,
    );
    await picture(window, 'local-proxy', tooltipPart);
    await window.runCommand('Reltio: Show Session Details');
    await renderedPage(window, /: 6 requests since/);
  });

  it('locks everybody out who has the old key, once there is a new one', async () => {
    await window.runCommand('Reltio: New Local Proxy Key');
    await window.answerDialog('Replace');
    await window.untilNotification(/^The local proxy has a new key\. /);
    const before = await curl(address + tenants);
    assert.deepEqual([before.status, before.refusal], [401, 'key']);
    const now = await copy('local', 'Address');
    assert.notEqual(keyOf(now), keyOf(address));
    assert.equal((await curl(now + tenants)).status, 200);
    visited = keyOf(address);
    address = now;
  });

  it('listens no more once it is stopped', async () => {
    await window.runCommand('Reltio: Stop Local Proxy');
    await window.untilNotification(/^The local proxy is stopped in all windows\./);
    assert.equal((await curl(address + tenants)).exit, 7, 'connection refused');
    await until('no proxy in the tooltip', async () => !/Local proxy/.test(await window.statusBarTooltip()));
  });

  it('logs each request without its path, and leaves no key and no token anywhere', async () => {
    const log = window.logText('Reltio Authentication');
    assert.match(log, /local proxy: address copied environment=local form=address/);
    assert.match(log, /local proxy: forwarded .*environment=local .*status=200/);
    assert.doesNotMatch(log, /enhancedTenants|AcmeDev01/);
    await window.clearClipboard();
    await assertNothingLeaked(window, server, false, { key: keyOf(address), 'visited key': visited });
  });
});
