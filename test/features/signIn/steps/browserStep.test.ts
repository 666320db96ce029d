import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import { isFailure } from '../../../../src/core/base/failure';
import { Desk } from '../../../fakes/desk';
import { FakeBrowser, freePort, until } from '../../../fakes/fakeBrowser';
import { elsewhere, goBack, press } from '../../../fakes/scriptedPrompt';
import { startIdentityServer, type IdentityServer } from '../../../identity/server';

const cancelled = (error: unknown): boolean => isFailure(error) && error.code === 'cancelled';
const again = press('Open the browser again');
const pressing = press;
const paste = press('Paste the callback instead');

describe('a sign-in in the browser', () => {
  let server: IdentityServer;
  let desk: Desk;
  let browser: FakeBrowser;
  let here: string;
  let port: number;

  beforeEach(async () => {
    server = await startIdentityServer({ policy: { autoApprove: 'jane@acme.com' } });
    here = `127.0.0.1:${server.port}`;
    port = await freePort();
    browser = new FakeBrowser();
    seen = 0;
    desk = deskWith([{ name: 'local', url: server.url, authUrl: server.url, tenant: 'AcmeDev01' }]);
    const { id, secret } = server.clients.browser;
    await desk.core.clients.save(server.url, { id, secret });
  });
  afterEach(() => server.close());

  function deskWith(environments: readonly object[]): Desk {
    const made = new Desk(environments);
    made.redirect = { address: `http://localhost:${port}`, isLocal: true };
    made.open = browser.open;
    return made;
  }
  const start = (): string[] => [here, 'Browser'];
  const box = () => desk.asked.find(({ question }) => /browser/.test(question));
  let seen = 0;
  /** What the user copies from the browser when the next visit has ended. */
  const atItsEnd = async (): Promise<string> => {
    await until(() => browser.ended.length > seen);
    seen = browser.ended.length;
    return browser.ended.at(-1)?.url ?? '';
  };
  const exchanges = () => server.requests.tokenCalls('authorization_code');

  it('opens the page of the tenant, waits, redeems the code and learns the user', async () => {
    const session = await desk.signIn([...start(), elsewhere]);
    assert.equal(session.account.user, 'jane@acme.com');
    assert.equal(session.account.clientId, 'acme_web');
    assert.deepEqual(session.method, { kind: 'browser', tenant: 'AcmeDev01' });
    assert.ok(session.tokens.refreshToken);
    const { state, ...rest } = browser.query;
    assert.ok(browser.opened[0]?.startsWith(`${server.url}/oauth/sso?`));
    assert.match(state ?? '', /^[\w-]{43}$/);
    assert.deepEqual(rest, {
      tenant_id: 'AcmeDev01',
      client_id: 'acme_web',
      response_type: 'code',
      redirect_uri: `http://localhost:${port}`,
    });
    assert.deepEqual(
      exchanges().map(({ form }) => Object.keys(form).sort()),
      [['code', 'grant_type', 'redirect_uri']],
    );
    assert.equal(browser.ended.at(-1)?.status, 200);
  });

  it('reports that the browser signed in the same user again although any would do, and only then', async () => {
    const jane = await desk.signIn([...start(), elsewhere]);
    assert.equal(desk.isBrowsersChoice, false, 'nobody was signed in');
    await desk.signIn([...start(), elsewhere]);
    assert.equal(desk.isBrowsersChoice, true);
    const { identityServer, clientId, user = '' } = jane.account;
    await desk.signIn([elsewhere], { identityServer, clientId, user, method: jane.method });
    assert.equal(desk.isBrowsersChoice, false, 'this user was asked for');
    server.policy.autoApprove = 'omar@acme.com';
    await desk.signIn([...start(), elsewhere]);
    assert.equal(desk.isBrowsersChoice, false, 'this is another user');
  });

  it('names the host and the tenant in the box, hides what is pasted, and says how to go on by hand', async () => {
    await desk.signIn([...start(), elsewhere]);
    assert.deepEqual(
      box()?.question,
      [
        `Sign in to ${here}, tenant AcmeDev01, on the page that opens in your browser. This box then closes by itself.`,
        'If the browser cannot return to VS Code, paste the address that it shows at the end.',
      ].join(' '),
    );
    assert.equal(box()?.secret, true);
    assert.deepEqual(box()?.links, [
      'Open the browser again',
      'Copy the address',
      'Paste the callback instead',
      'Use a tenant other than AcmeDev01',
      'Use a client other than acme_web',
    ]);
  });

  for (const [announced, methods] of [
    ['withPkce', 'S256'],
    ['openidOnly', 'S256'],
    ['absent', undefined],
    ['withoutPkce', undefined],
    ['plainPkce', undefined],
    ['wrongIssuer', undefined],
    ['html', undefined],
    ['unauthorized', undefined],
  ] as const) {
    it(`${methods === undefined ? 'does not use PKCE' : 'uses PKCE'} with a discovery document that is ${announced}`, async () => {
      server.policy.discovery = announced;
      server.policy.pkce = methods === undefined ? 'ignored' : 'required';
      await desk.signIn([...start(), elsewhere]);
      assert.equal(browser.query['code_challenge_method'], methods);
      assert.equal(exchanges()[0]?.form['code_verifier'] !== undefined, methods !== undefined);
    });
  }

  it('asks for the tenant where no setting names one, remembers it, and takes it from a link', async () => {
    desk = deskWith([{ name: 'local', url: server.url, authUrl: server.url }]);
    await desk
      .signIn([...start(), '', 'two words', `${server.url}/nui/AcmeDev01/profiles`, 'Use reltio_ui', paste])
      .catch(() => undefined);
    assert.match(desk.refusals.join(), /^Enter the id as in the address/);
    const { id, secret } = server.clients.browser;
    await desk.core.clients.save(server.url, { id, secret });
    const { method } = await desk.signIn([...start(), 'AcmeDev01', elsewhere]);
    assert.deepEqual(method, { kind: 'browser', tenant: 'AcmeDev01' });
    await desk.signIn([...start(), elsewhere]);
    assert.equal(browser.query['tenant_id'], 'AcmeDev01');
  });

  it('asks which tenant if there are several, the last one first, and lets the user choose another from the box', async () => {
    desk = deskWith([
      { name: 'dev', url: server.url, authUrl: server.url, tenant: 'AcmeDev01' },
      { name: 'test', url: server.url, authUrl: server.url, tenant: 'AcmeTest01' },
    ]);
    const { id, secret } = server.clients.browser;
    await desk.core.clients.save(server.url, { id, secret });
    await desk.signIn([
      ...start(),
      'AcmeDev01',
      press('Use a tenant other than AcmeDev01'),
      goBack,
      'Browser',
      'AcmeDev01',
      elsewhere,
    ]);
    const lists = desk.asked.filter(({ question }) => question.startsWith('Which tenant'));
    assert.deepEqual(lists[0]?.items, [
      'AcmeDev01: dev',
      'AcmeTest01: test',
      'Another one…: Type its id, or paste a link to it',
    ]);
    assert.equal(lists.length, 3);
  });

  it('says that a tenant has no single sign-on, and opens no browser', async () => {
    server.policy.ssoCheck = 'native';
    await assert.rejects(desk.signIn([...start(), elsewhere]), cancelled);
    assert.match(
      desk.refusals.join(),
      /^The users of tenant AcmeDev01 sign in with a Reltio password.*"Password".*"Login page"/,
    );
    assert.deepEqual(browser.opened, []);
  });

  it('says that the server accepts no such tenant, client and address', async () => {
    server.policy.ssoCheck = 'error';
    await assert.rejects(desk.signIn([...start(), elsewhere]), cancelled);
    assert.match(
      desk.refusals.join(),
      new RegExp(`^${here} does not accept tenant AcmeDev01, client acme_web and http://localhost:${port}`),
    );
    assert.deepEqual(browser.opened, []);
  });

  it('goes on where the server has no such check', async () => {
    server.policy.ssoCheck = 'absent';
    assert.equal((await desk.signIn([...start(), elsewhere])).account.user, 'jane@acme.com');
  });

  it('names the way out where the page refuses the client, because Back would try the same client again', async () => {
    server.clients.browser.grants = ['refresh_token'];
    await assert.rejects(desk.signIn([...start(), elsewhere]));
    assert.deepEqual(desk.refusals, [
      'The sign-in page refused to sign you in (unauthorized_client). This client may not sign users in. Use another one with the button above.',
    ]);
  });

  it('shows the refusal of the page as plain words, and opens the browser again with a new request', async () => {
    server.policy.callback = 'accessDenied';
    server.policy.callbackErrorText = '[Click](command:evil) **now**\nplease';
    const openAgain = (): Promise<string> => {
      server.policy.callback = 'code';
      return Promise.resolve(again);
    };
    await desk.signIn([...start(), elsewhere, openAgain, elsewhere]);
    assert.deepEqual(desk.refusals, [
      'The sign-in page refused to sign you in (access_denied, “(Click)(command:evil) **now** please”). Open the browser again with the button above.',
    ]);
    const [one, other] = browser.opened.map((url) => new URL(url).searchParams.get('state'));
    assert.notEqual(one, other);
  });

  it('ignores a callback with another state, or of another server', async () => {
    server.policy.callback = 'wrongState';
    const signingIn = desk.signIn([...start(), elsewhere]);
    await until(() => browser.ended.length === 1);
    assert.equal(browser.ended[0]?.status, 400);
    server.policy.callback = 'code';
    await browser.open(browser.opened[0]!);
    assert.equal((await signingIn).account.user, 'jane@acme.com');

    server.policy.callbackIssuer = 'foreign';
    await assert.rejects(desk.signIn([...start(), elsewhere]), cancelled);
    assert.match(desk.refusals.join(), /^This address belongs to another sign-in/);
    assert.equal(exchanges().length, 1);
  });

  it('says that a code has expired, and takes the next one', async () => {
    server.policy.codeLifetime = 0;
    const openAgain = (): Promise<string> => {
      server.policy.codeLifetime = 300;
      return Promise.resolve(again);
    };
    await desk.signIn([...start(), elsewhere, openAgain, elsewhere]);
    assert.match(desk.refusals.join(), /^Reltio no longer accepts the code of this sign-in/);
  });

  it('says which port is taken, opens no browser, and takes a pasted address whose code only VS Code can use', async () => {
    const other = await listenAt(port);
    server.policy.discovery = 'withPkce';
    try {
      server.policy.autoApprove = 'jane@acme.com';
      const opened: number[] = [];
      const session = await desk.signIn([
        ...start(),
        elsewhere,
        () => Promise.resolve((opened.push(browser.opened.length), paste)),
        atItsEnd,
      ]);
      assert.equal(session.account.user, 'jane@acme.com');
      assert.match(desk.refusals[0] ?? '', new RegExp(`port ${port} is taken on this computer`));
      assert.deepEqual(opened, [0]);
    } finally {
      await new Promise((resolve) => other.close(resolve));
    }
    assert.equal((await desk.signIn([...start(), elsewhere])).account.user, 'jane@acme.com');
  });

  for (const [name, method, press] of [
    ['at a port that is taken', 'Browser', 'Copy the address'],
    ['if the user then wants to paste', 'Browser', 'Paste the callback instead'],
    ['in the method that pastes', 'Browser, then paste', 'Copy the address'],
  ] as const) {
    it(`opens no page whose code another program would receive without protection, ${name}`, async () => {
      const other = await listenAt(port);
      let isFree: Promise<unknown> | undefined;
      const free = async (): Promise<string> => {
        assert.deepEqual(browser.opened, []);
        assert.deepEqual(desk.copied, []);
        await (isFree ??= new Promise((resolve) => other.close(resolve)));
        return again;
      };
      const signingIn = [here, method, elsewhere, pressing(press), elsewhere, 'https://x/?code=c1', free];
      const arrives = method === 'Browser' && press === 'Copy the address' ? elsewhere : atItsEnd;
      try {
        const session = await desk.signIn([...signingIn, arrives]);
        assert.equal(session.account.user, 'jane@acme.com');
      } finally {
        await (isFree ?? new Promise((resolve) => other.close(resolve)));
      }
      const why = new RegExp(
        `^Another program on this computer uses port ${port}\\. It would receive the code .* which ${here} does not protect\\.`,
      );
      assert.equal(desk.refusals.length, 3);
      desk.refusals.forEach((refusal) => {
        assert.match(refusal, why);
      });
      assert.equal(exchanges().length, 1, 'the pasted code was not sent');
    });
  }

  const twice = ['paste the callback instead', 'paste the callback instead'];
  for (const [method, presses] of [
    ['Browser', [again, elsewhere, paste, elsewhere, again]],
    ['Browser, then paste', [again]],
  ] as const) {
    it(`goes on all the same if the user, who has read that, wants to paste: ${method}`, async () => {
      const other = await listenAt(port);
      try {
        const session = await desk.signIn([here, method, elsewhere, ...presses, atItsEnd]);
        assert.equal(session.account.user, 'jane@acme.com');
        assert.equal(browser.opened.length, 1);
        assert.deepEqual(
          desk.refusals.map(
            (refusal) => /trust it, open the browser again|paste the callback instead/.exec(refusal)?.[0],
          ),
          [...(method === 'Browser' ? twice : []), 'trust it, open the browser again'],
        );
      } finally {
        await new Promise((resolve) => other.close(resolve));
      }
    });
  }

  it('takes a pasted address at a port that nobody can use', async () => {
    desk.redirect = { address: 'http://localhost:1', isLocal: true };
    server.policy.allowedRedirects = desk.redirect.address;
    const session = await desk.signIn([here, 'Browser, then paste', atItsEnd]);
    assert.equal(session.account.user, 'jane@acme.com');
  });

  it('takes a pasted address or code in the box that waits, and checks its state', async () => {
    server.policy.callback = 'withoutState';
    const session = await desk.signIn([...start(), 'https://login.reltio.com/', 'no', atItsEnd]);
    assert.equal(session.account.user, 'jane@acme.com');
    assert.deepEqual(desk.refusals, [
      'This address has no code. Finish the sign-in in the browser, then paste the address that it shows at the end.',
      'Paste the whole address that the browser shows at the end, or the code in it.',
    ]);
    server.policy.callback = 'wrongState';
    const codeAlone = async () => new URL(await atItsEnd()).searchParams.get('code') ?? '';
    await desk.signIn([...start(), atItsEnd, again, codeAlone]);
    assert.deepEqual(desk.refusals, [
      'This address belongs to another sign-in. Paste the address that the browser shows at the end of this one.',
    ]);
    assert.equal(exchanges().length, 2);
  });

  it('explains the page that refuses the redirect address', async () => {
    server.policy.allowedRedirects = 'https://dev.reltio.com/oauth/callback';
    await assert.rejects(desk.signIn([...start(), atItsEnd]), cancelled);
    assert.match(
      desk.refusals.join(),
      /^Reltio does not allow http:\/\/localhost:\d+ for this client\..*reltioAuth\.browserSignIn\.redirectUri/,
    );
  });

  it('does not listen if the browser is elsewhere, or if the redirect address is not on this machine', async () => {
    desk.isBesideBrowser = false;
    await desk.signIn([here, 'Browser, then paste', atItsEnd]);
    assert.deepEqual(
      desk.asked[1]?.items.at(-1),
      '✗ Browser: Your browser runs on another computer. Use "Browser, then paste".',
    );
    assert.equal(browser.ended.at(-1)?.status, 'unreachable');
    assert.match(
      box()?.question ?? '',
      /At the end, paste the whole address that the browser shows, even if it cannot/,
    );

    desk.isBesideBrowser = true;
    desk.redirect = { address: `${server.url}/callback`, isLocal: false };
    server.policy.allowedRedirects = desk.redirect.address;
    const { method } = await desk.signIn([here, 'Browser', atItsEnd]);
    assert.deepEqual(method, { kind: 'browser', tenant: 'AcmeDev01' });
    assert.equal(exchanges().at(-1)?.form['redirect_uri'], `${server.url}/callback`);
  });

  it('asks before the code goes to a host outside reltio.com, which may be the only thing that it needs', async () => {
    desk.redirect = { address: 'https://reltio.acme.example/callback', isLocal: false };
    server.policy.allowedRedirects = desk.redirect.address;
    await assert.rejects(desk.signIn([here, 'Browser', elsewhere, 'Do Not Send']), cancelled);
    assert.match(desk.asked.map(({ modal }) => modal).join(), /reltio\.acme\.example is not a host of reltio\.com/);
    assert.deepEqual(desk.refusals, ['Nothing was sent to reltio.acme.example. Sign in with another method.']);
    assert.deepEqual(browser.opened, []);
  });

  it('waits for no browser in the method that pastes', async () => {
    const { method } = await desk.signIn([here, 'Browser, then paste', atItsEnd]);
    assert.deepEqual(method, { kind: 'pastedCallback', tenant: 'AcmeDev01' });
    assert.equal(browser.ended.at(-1)?.status, 'unreachable');
    assert.ok(!box()?.links?.includes('Paste the callback instead'));
  });

  it('frees the port when the user leaves or goes back', async () => {
    server.policy.autoApprove = '';
    for (const last of [[], [goBack]]) {
      await assert.rejects(desk.signIn([...start(), ...last]), cancelled);
      const other = await listenAt(port);
      await new Promise((resolve) => other.close(resolve));
    }
  });

  it('says that the browser was not opened, copies the address, and accepts what was done with it elsewhere', async () => {
    browser.works = false;
    const signingIn = desk.signIn([...start(), elsewhere, press('Copy the address'), elsewhere]);
    await until(() => desk.copied.length === 1);
    browser.works = true;
    await browser.open(desk.copied[0]!);
    assert.equal((await signingIn).account.user, 'jane@acme.com');
    assert.match(desk.refusals.join(), /^The browser was not opened\. Copy the address/);
    assert.equal(desk.copied[0], browser.opened[0]);
  });

  it('asks for the client again if the server does not accept it, and goes on', async () => {
    const { id, secret } = server.clients.browser;
    await desk.core.clients.save(server.url, { id, secret: 'of last year' });
    await desk.signIn([...start(), elsewhere, id, secret, elsewhere]);
    assert.equal((await desk.core.clients.find(server.url, id))?.secret, secret);
    const rejected = desk.asked.find(({ question }) => /rejects client acme_web/.test(question));
    assert.ok(rejected);
  });

  it('renews by opening the browser again, once the user agrees to revoke the old sign-in', async () => {
    const before = await desk.signIn([...start(), elsewhere]);
    const { identityServer, clientId } = before.account;
    const request = { identityServer, clientId, user: 'jane@acme.com', method: before.method, renews: true };
    const kept = await desk.signIn([elsewhere, 'Keep It'], request);
    assert.equal(kept.tokens.refreshToken, before.tokens.refreshToken);
    assert.match(desk.asked.at(-1)?.modal ?? '', /revokes it at 127.* and opens your browser once more\./);
    const after = await desk.signIn([elsewhere, 'Replace It', elsewhere], request);
    assert.notEqual(after.tokens.refreshToken, before.tokens.refreshToken);
    assert.equal(after.account.user, 'jane@acme.com');
    assert.equal(browser.opened.length, 4);
  });

  it('does not take the user of a renewal for granted', async () => {
    const before = await desk.signIn([...start(), elsewhere]);
    const { identityServer, clientId } = before.account;
    const request = { identityServer, clientId, user: 'jane@acme.com', method: before.method, renews: true };
    const silent = async (): Promise<string> => {
      server.policy.autoApprove = 'omar@acme.com';
      server.faults.always({ kind: 'emptyBody', status: 404 }, { path: '/oauth/checkToken' });
      return Promise.resolve('Replace It');
    };
    await assert.rejects(desk.signIn([elsewhere, silent, elsewhere, 'omar@acme.com'], request), cancelled);
    assert.match(desk.asked.at(-1)?.question ?? '', /does not say as whom/);
    assert.match(desk.refusals.join(), /^This sign-in is for jane@acme\.com/);
  });

  it('asks for the user if the server does not say who signed in', async () => {
    server.faults.always({ kind: 'emptyBody', status: 404 }, { path: '/oauth/checkToken' });
    const session = await desk.signIn([...start(), elsewhere, '', ' jane@acme.com ']);
    assert.equal(session.account.user, 'jane@acme.com');
    assert.match(desk.asked.at(-1)?.question ?? '', /^You are signed in, but 127.* does not say as whom/);
  });

  it('refuses another user than the one that is asked for', async () => {
    const { account, method } = await desk.signIn([...start(), elsewhere]);
    server.policy.autoApprove = server.users.withAuthenticator.name;
    const request = {
      identityServer: account.identityServer,
      clientId: account.clientId,
      user: 'Jane@ACME.com',
      method,
    };
    await assert.rejects(desk.signIn([elsewhere], request), cancelled);
    assert.match(desk.refusals.join(), /^The browser signed in as omar.*, but this sign-in is for Jane@ACME\.com\./);
    server.policy.autoApprove = 'jane@acme.com';
    assert.equal((await desk.signIn([elsewhere], request)).account.user, 'jane@acme.com');
  });
});

function listenAt(port: number): Promise<Server> {
  const server = createServer((_request, response) => response.writeHead(404).end());
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}
