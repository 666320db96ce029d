import '../../fakes/fakeQuickInput';
import { shownMessages } from '../../fakes/fakeVscode';
import assert from 'node:assert/strict';
import { showFoundAccounts } from '../../../src/features/signIn/showFoundAccounts';
import { showSignedIn } from '../../../src/features/signIn/showSignedIn';
import { whenText } from '../../../src/editor/messages/whenText';
import { FakeClock, monday } from '../../fakes/fakeClock';
import { pastedSession, sampleSession, sampleTokens } from '../../fakes/sampleSession';

describe('after a sign-in the user is shown', () => {
  beforeEach(() => {
    shownMessages.length = 0;
  });

  it('who is signed in, and until when the token is valid', async () => {
    await showSignedIn({ session: sampleSession(), isSameToken: false }, new FakeClock());
    assert.equal(shownMessages[0]?.how, 'information');
    assert.match(
      shownMessages[0].texts[0] ?? '',
      /^Signed in as jane@acme\.com \(auth\.reltio\.com\)\. The token is valid until/,
    );
  });

  it('that Reltio returned the same token, and what to do if it is rejected', async () => {
    await showSignedIn({ session: sampleSession(), isSameToken: true }, new FakeClock());
    assert.match(
      shownMessages[0]?.texts[0] ?? '',
      /Reltio returned the same token as before, valid until \d\d:\d\d\. If an environment rejects it, renew the sign-in\.$/,
    );
    assert.deepEqual(shownMessages[0]?.texts.slice(1), ['Renew Sign-In', 'Copy Token']);
  });

  it('how to sign in as another user, if the browser signed in the same one unasked', async () => {
    for (const isSameToken of [true, false]) {
      await showSignedIn({ session: sampleSession(), isSameToken, isBrowsersChoice: true }, new FakeClock());
      assert.match(
        shownMessages.at(-1)?.texts[0] ?? '',
        /^Signed in as jane@acme\.com .*\. To sign in as another user, first sign out of Reltio in the browser\.$/,
      );
    }
  });

  it('no expiry of a token that has already expired', async () => {
    const session = sampleSession({ tokens: sampleTokens({ accessTokenExpiresAt: monday, refreshAgainAt: monday }) });
    await showSignedIn({ session, isSameToken: false }, new FakeClock());
    assert.match(shownMessages[0]?.texts[0] ?? '', /\. The token will be refreshed when it is first used\.$/);
    const { refreshToken: _none, ...tokens } = session.tokens;
    await showSignedIn({ session: { ...session, tokens }, isSameToken: false }, new FakeClock());
    assert.deepEqual(shownMessages[1]?.texts, ['Your Reltio sign-in is no longer valid. Sign in again.', 'Sign In']);
    await showSignedIn({ session: pastedSession({ tokens }), isSameToken: false }, new FakeClock());
    assert.deepEqual(shownMessages[2]?.texts, [
      'Your pasted token is no longer valid, and nothing can refresh it. Paste another token.',
      'Paste Another Token',
    ]);
  });

  it('that a pasted token is never refreshed', async () => {
    await showSignedIn({ session: pastedSession(), isSameToken: false }, new FakeClock());
    assert.match(
      shownMessages[0]?.texts[0] ?? '',
      /^Signed in as jane@acme\.com \(auth\.reltio\.com\) · pasted token\. .* until \d\d:\d\d\. A pasted token is never refreshed\.$/,
    );
  });

  it('that nothing has changed, if the old sign-in is kept', async () => {
    const clock = new FakeClock();
    const end = clock.now() + 2 * 24 * 3_600_000;
    await showSignedIn({ session: sampleSession(), keptUntil: end, isSameToken: false }, clock);
    const when = whenText(end, clock.now());
    assert.match(when, /^on .*\d\d:\d\d$/);
    assert.deepEqual(shownMessages, [
      {
        how: 'information',
        texts: [`Nothing has changed: the sign-in of jane@acme.com (auth.reltio.com) expires ${when}.`],
      },
    ]);
  });

  it('that the token of a client is kept, which has no sign-in to keep', async () => {
    const clock = new FakeClock();
    const end = clock.now() + 1_800_000;
    const session = sampleSession({ account: { identityServer: 'https://auth.reltio.com', clientId: 'acme' } });
    await showSignedIn({ session, keptUntil: end, isSameToken: false }, clock);
    const when = whenText(end, clock.now());
    assert.deepEqual(shownMessages[0]?.texts, [
      `Nothing has changed: the token of client acme (auth.reltio.com) expires ${when}.`,
    ]);
  });

  it('that the token is the one that Reltio revoked early, and what to do', async () => {
    await showSignedIn({ session: sampleSession({ state: 'rejected' }), isSameToken: false }, new FakeClock());
    assert.deepEqual(shownMessages, [
      {
        how: 'error',
        texts: [
          'auth.reltio.com no longer accepts your token and returns no new one. Renew your sign-in.',
          'Renew Sign-In',
        ],
      },
    ]);
  });
});

describe('when a sign-in finds accounts that VS Code has kept', () => {
  beforeEach(() => {
    shownMessages.length = 0;
  });
  const jane = sampleSession();
  const omar = sampleSession({ id: 'omar', account: { ...jane.account, user: 'omar@acme.com' } });

  it('shows their names, and offers to sign them out', async () => {
    await showFoundAccounts([jane]);
    await showFoundAccounts([jane, omar]);
    assert.deepEqual(shownMessages, [
      {
        how: 'information',
        texts: ['VS Code still stores an earlier sign-in: jane@acme.com (auth.reltio.com).', 'Sign Out'],
      },
      {
        how: 'information',
        texts: [
          'VS Code still stores earlier sign-ins: jane@acme.com (auth.reltio.com), omar@acme.com (auth.reltio.com).',
          'Sign Out',
        ],
      },
    ]);
  });
});
