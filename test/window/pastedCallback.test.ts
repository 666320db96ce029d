import assert from 'node:assert/strict';
import type { IdentityServer } from '../identity/server';
import { addressAfter, atMethods, openPage } from './browserPages';
import type { Window } from './driver';
import { endsAtEscape } from './endsAtEscape';
import { assertNothingLeaked } from './leaks';
import { boxPart, picture } from './pictures';
import { eachOnItsOwn } from './reltioWindow';
import { isSignInWindowNeeded, signInWindow } from './signInWindow';

const jane = 'jane@acme.com';
const method = 'Browser, then paste';

/** The extension host is not beside the browser here, as in every VS Code that is served to a browser. */
describe('signing in through a browser on another machine', () => {
  let server: IdentityServer;
  let window: Window;
  let port: number;
  signInWindow((opened) => ({ server, window, port } = opened));
  eachOnItsOwn(() => ({ server, window }));
  beforeEach(() => {
    Object.assign(server.policy, { callback: 'code', codeLifetime: 300, allowedRedirects: 'loopback' });
  });

  const address = async (button = jane): Promise<string> =>
    await addressAfter(await openPage(window, server, method), button);
  const codes = () => server.requests.tokenCalls('authorization_code');

  it('says in the list why the browser cannot return, and keeps the list open', async () => {
    await atMethods(window, server);
    const box = await window.untilQuickInput({ item: method });
    const browser = box.items.find(({ label }) => label === 'Browser');
    assert.match(browser?.detail ?? '', /runs on another computer\. Use "Browser, then paste"/);
    assert.ok(
      box.items.findIndex(({ label }) => label === 'Browser') > box.items.findIndex(({ label }) => label === method),
    );
    await picture(window, 'methods', boxPart);
    await window.pick('Browser');
    await window.untilQuickInput({ placeholder: /runs on another computer/ });
    await window.pick(method);
    await window.untilQuickInput({ placeholder: /Which client/ });
  });

  endsAtEscape(
    () => ({ server, window }),
    [
      [
        'the wait for the pasted address, and opens no port',
        async () => {
          await openPage(window, server, method);
          await assert.rejects(fetch(`http://localhost:${port}`));
        },
      ],
    ],
  );

  for (const [what, pasted, sentence] of [
    ['nothing', '', /Paste the whole address/],
    ['a word', 'no', /Paste the whole address/],
    ['the address of the sign-in page', 'https://auth.reltio.com/oauth/sso', /This address has no code/],
    ['the address of another sign-in', 'http://localhost:8081/?code=abcdef&state=other', /belongs to another sign-in/],
    [
      'a refusal',
      'http://localhost:8081/?error=access_denied',
      /The sign-in page refused to sign you in \(access_denied\)/,
    ],
    [
      'the page that refuses the redirect',
      `/error?id=redirectUrlNotAllowed`,
      /does not allow http:\/\/localhost:\d+ for/,
    ],
  ] as const) {
    it(`says what to paste instead of ${what}, and sends nothing`, async () => {
      await openPage(window, server, method);
      await window.typeInBox(pasted);
      const box = await window.untilQuickInput({ message: sentence, severity: 'error' });
      assert.equal(box.value, '');
      assert.equal(codes().length, 0);
    });
  }

  it('says that the code has expired, or was used already', async () => {
    server.policy.codeLifetime = 0; // stays with a code that is issued now
    await window.typeInBox(await address());
    await window.untilQuickInput({ message: /no longer accepts the code of this sign-in/, severity: 'error' });
    assert.equal(codes().length, 1);
  });

  it('says that something other than Reltio answers', async () => {
    const pasted = await address();
    server.faults.always({ kind: 'captivePortal' }, { path: '/oauth/token' });
    await window.typeInBox(pasted);
    await window.untilQuickInput({ message: /Something other than Reltio answered/, severity: 'error' });
  });

  it('signs in with the pasted address, which the box hides', async () => {
    const pasted = await address();
    const box = await window.untilQuickInput({ message: /paste the whole address/, password: true });
    assert.match(box.title, /^Sign in to Reltio \(\d\/\d\)$/);
    await picture(window, 'browser-paste', boxPart);
    await window.typeInBox(`  "${pasted}"\n`);
    await window.untilNotification(/^Signed in as jane@acme\.com \(http:\/\/127\.0\.0\.1:\d+\) · acme_web/);
    assert.equal(codes().length, 1);
  });

  it('signs in with the bare code', async () => {
    const code = new URL(await address('omar@acme.com')).searchParams.get('code') ?? '';
    await window.typeInBox(code);
    await window.untilNotification(/^Signed in as omar@acme\.com/);
  });

  it('leaves no secret on disk, and no code outside the history of the browser', async () => {
    await assertNothingLeaked(window, server, isSignInWindowNeeded());
  });
});
