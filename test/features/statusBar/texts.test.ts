import assert from 'node:assert/strict';
import { Failure } from '../../../src/core/base/failure';
import { withoutRefreshToken } from '../../../src/core/model/tokens';
import { detailsText } from '../../../src/features/statusBar/details/detailsText';
import { tooltipCommands, tooltipText } from '../../../src/features/statusBar/tooltip';
import { monday } from '../../fakes/fakeClock';
import { jane, sampleSession, sampleTokens } from '../../fakes/sampleSession';
import { inLanguage } from '../../fakes/inLanguage';
import { sampleState } from '../../fakes/sampleState';

const secretTokens = sampleTokens({ accessToken: 's3cret-access', refreshToken: 's3cret-refresh' });
const state = sampleState({
  session: sampleSession({ tokens: secretTokens, method: { kind: 'identityProvider', idpSystem: 'salesforce' } }),
  refreshTokenExpiresAt: monday + 28 * 24 * 3_600_000,
  outage: { failure: new Failure('dns', { host: 'auth.reltio.com' }), since: monday },
});

describe('the tooltip', () => {
  it('shows account, server, method, scopes, expiry and problem, and no secret', () => {
    const text = tooltipText(state, monday + 60_000, 'focused');
    for (const part of [
      /jane\\@acme\.com \\\(auth\.reltio\.com\\\)/,
      /with a password at salesforce/,
      /configuration and entities/,
      /59 min left/,
      /was not found/,
    ]) {
      assert.match(text, part);
    }
    assert.doesNotMatch(text, /s3cret/);
  });

  it('takes no link and no icon from a translation, which a language pack may bring', () => {
    const evil = 'x](command:evil) [$(y) <z>';
    const harmless = /x\\\]\\\(command:evil\\\) \\\[\\\$\\\(y\\\) \\<z\\>/;
    inLanguage({ Refresh: evil, Log: evil, 'You are not signed in to Reltio.': evil }, () => {
      const signedOut = sampleState();
      for (const text of [tooltipText(state, monday, 'focused'), tooltipText(signedOut, monday, 'focused')]) {
        assert.match(text, harmless);
        assert.doesNotMatch(text, /x\]/);
      }
    });
  });

  it('says nothing that becomes false while it is not updated, and promises no refresh that cannot work', () => {
    assert.doesNotMatch(tooltipText(state, monday + 60_000, 'visible'), /min left/);
    const rejected = sampleState({ session: sampleSession({ state: 'rejected' }) });
    assert.match(tooltipText(rejected, monday, 'focused'), /\| Token \| rejected by Reltio; renew the sign\\-in \|/);
  });

  it('shows what only the user can fix, and no old failure beside it', () => {
    const outage = { failure: new Failure('serverError', { host: 'auth.reltio.com', status: 503 }), since: monday };
    const withoutRefresh = withoutRefreshToken(sampleTokens());
    const text = (session: Parameters<typeof sampleSession>[0]): string =>
      tooltipText(sampleState({ outage, session: sampleSession(session) }), monday + 60_000, 'focused');
    const expiring = text({ state: 'signInAgain', tokens: withoutRefresh });
    assert.doesNotMatch(expiring, /503/);
    assert.match(expiring, /command:reltioAuth\.signIn\b/);
    assert.doesNotMatch(expiring, /command:reltioAuth\.refreshToken/);
    const client = text({ state: 'clientRejected' });
    assert.doesNotMatch(client, /503/);
    assert.equal(client.match(/rejects the client id or its secret/g)?.length, 1);
    assert.doesNotMatch(text({ state: 'rejected' }), /503/);
  });

  it('promises no refresh while the client is rejected', () => {
    const tokens = sampleTokens({ accessTokenExpiresAt: monday });
    const session = sampleSession({ state: 'clientRejected', tokens });
    assert.doesNotMatch(tooltipText(sampleState({ session }), monday + 60_000, 'focused'), /refreshed on next use/);
  });

  it('links to nothing but the commands it is trusted with, each about the session it shows', () => {
    const text = tooltipText(state, monday, 'focused');
    const linked = [...text.matchAll(/\(command:([\w.]+)\?([^)]*)\)/g)];
    assert.ok(linked.length >= 4);
    for (const [, command = '', argument = ''] of linked) {
      assert.ok(tooltipCommands.includes(command), command);
      assert.deepEqual(JSON.parse(decodeURIComponent(argument)), ['jane']);
    }
  });

  it('shows a user name as text, whatever Markdown it holds', () => {
    const account = { ...jane, user: '[x](command:evil) **b** <img>' };
    const text = tooltipText(sampleState({ session: sampleSession({ account }) }), monday, 'focused');
    assert.doesNotMatch(text, /[^\\]\]\(command:evil|<img>/);
  });

  it('turns no user name and no address into a link', () => {
    const linked = /(?<!\\)@|www(?<!\\)\.|(https?|ftp):\/\//i; // what Markdown links by itself
    for (const user of ['jane@acme.com', 'www.acme.com', 'https://acme.com/jane', 'HTTP://x']) {
      const account = { ...jane, user };
      assert.doesNotMatch(
        tooltipText(sampleState({ session: sampleSession({ account }) }), monday, 'focused'),
        linked,
        user,
      );
    }
  });

  it('says that an account has to be chosen and why, links to the choice, and offers no token to copy', () => {
    for (const gone of [jane, { ...jane, user: '[x](command:evil)' }, undefined]) {
      const text = tooltipText(
        sampleState({
          session: undefined,
          question: { signedOutAccount: gone },
          problem: new Failure('storeNotWritten'),
        }),
        monday,
        'focused',
      );
      assert.match(text, gone === undefined ? /No account has been chosen/ : /is no longer signed in\./);
      assert.match(text, /Choose the account for this workspace\./);
      assert.match(text, /\(command:reltioAuth\.switchAccount\)/);
      assert.match(text, /could not write to its secret storage\./);
      assert.doesNotMatch(text, /copyToken|refreshToken|[^\\]\]\(command:evil/);
    }
    assert.ok(tooltipCommands.includes('reltioAuth.switchAccount'));
  });

  it('says in every state whose token is on the clipboard, and links to clearing it', () => {
    const copied = {
      label: '[x](command:evil)',
      form: 'token',
      at: monday,
      clearAfter: undefined,
      isOverdue: false,
    } as const;
    for (const changes of [{}, { session: undefined }, { session: undefined, question: { signedOutAccount: jane } }]) {
      const text = tooltipText(sampleState({ ...changes, copied }), monday, 'focused');
      assert.match(
        text,
        /was copied at \d\d:\d\d and may still be on the clipboard\. \[.*\]\(command:reltioAuth\.clearCopiedToken\)/,
      );
      assert.doesNotMatch(text, /[^\\]\]\(command:evil/);
      assert.doesNotMatch(tooltipText(sampleState(changes), monday, 'focused'), /clipboard/);
    }
    assert.ok(tooltipCommands.includes('reltioAuth.clearCopiedToken'));
  });

  it('names the identity server once', () => {
    const text = tooltipText(sampleState(), monday, 'focused');
    assert.equal(text.match(/auth\.reltio\.com/g)?.length, 1);
  });

  it('also says what is wrong with the store if there is a session', () => {
    assert.match(
      tooltipText(sampleState({ problem: new Failure('storeNotWritten') }), monday, 'focused'),
      /could not write to its secret storage\./,
    );
  });
});

describe('the details', () => {
  const signedOut = sampleState({ session: undefined });
  it('show what is known of each session, and no secret', () => {
    const text = detailsText(
      [state, sampleState({ session: sampleSession({ id: 'omar', tokens: secretTokens }) })],
      state,
      monday,
    );
    for (const part of [
      /Session id: +jane/,
      /Session id: +omar/,
      /State: +signed in/,
      /Problem: +since/,
      /In use in this workspace/,
    ]) {
      assert.match(text, part);
    }
    assert.doesNotMatch(text, /s3cret/);
  });

  it('mention a rejected client once, and no old failure beside what only the user can fix', () => {
    const failure = new Failure('clientRejected', { host: 'auth.reltio.com' });
    const session = sampleSession({ state: 'clientRejected' });
    const text = detailsText(
      [sampleState({ session, outage: { failure, since: monday } })],
      sampleState({ session }),
      monday,
    );
    assert.equal(text.match(/reject/g)?.length, 1);
    assert.doesNotMatch(text, /Problem/);
  });

  it('say that an account has to be chosen, and why', () => {
    const omar = { ...jane, user: 'omar@acme.com' };
    const all = [
      sampleState(),
      sampleState({ session: sampleSession({ id: 'other', account: { ...jane, clientId: 'tool' } }) }),
    ];
    const text = (signedOutAccount: typeof omar | undefined): string =>
      detailsText(all, sampleState({ session: undefined, question: { signedOutAccount } }), monday);
    assert.match(
      text(omar),
      /In use in this workspace: none\. omar@acme\.com \(auth\.reltio\.com\) is no longer signed in\./,
    );
    assert.match(
      text(undefined),
      /In use in this workspace: none\. No account has been chosen .* Run "Reltio: Switch Account"\./,
    );
  });

  it('say how to begin when no account is signed in, or what is wrong with the store', () => {
    assert.match(detailsText([sampleState({ session: undefined })], signedOut, monday), /Run "Reltio: Sign In"/);
    assert.match(
      detailsText([sampleState({ session: undefined, problem: new Failure('sessionsUnreadable') })], signedOut, monday),
      /could not open its secret storage/,
    );
    const kept = detailsText([sampleState({ problem: new Failure('sessionsUnreadable') })], signedOut, monday);
    assert.match(kept, /Session id/);
    assert.equal(kept.match(/could not open its secret storage/g)?.length, 1);
  });
});
