import assert from 'node:assert/strict';
import { Failure } from '../../../../src/core/base/failure';
import { detailsMarkdown } from '../../../../src/features/statusBar/details/detailsMarkdown';
import { detailsText } from '../../../../src/features/statusBar/details/detailsText';
import { monday } from '../../../fakes/fakeClock';
import { jane, pastedSession, sampleSession, sampleTokens } from '../../../fakes/sampleSession';
import { sampleState } from '../../../fakes/sampleState';

describe('the page with the session details', () => {
  const page = (state: ReturnType<typeof sampleState>, now = monday): string => detailsMarkdown([state], state, now);

  it('has a table for each session, headed by its account and by whether the user has to do something', () => {
    const text = page(sampleState());
    assert.match(text, /^## `jane@acme\.com` \\\(auth\\\.reltio\\\.com\\\)$/m);
    assert.match(text, /^\| ✓ OK \| {2}\|\n\| --- \| --- \|\n\| Identity server \| `https:\/\/auth\.reltio\.com` \|$/m);
    assert.match(text, /^\| Session id \| jane \|$/m);
  });

  it('marks what the user has to do, and what may need it later', () => {
    const outage = { failure: new Failure('dns', { host: 'auth.reltio.com' }), since: monday };
    const marks = {
      '✗ Problem': [
        sampleState({ session: sampleSession({ state: 'signInAgain' }) }),
        sampleState({ session: sampleSession({ state: 'clientRejected' }) }),
        sampleState({ session: pastedSession({ tokens: sampleTokens({ accessTokenExpiresAt: monday }) }) }),
      ],
      '\\! Note': [sampleState({ outage }), sampleState({ session: pastedSession() })],
      '✓ OK': [sampleState()],
    };
    for (const [mark, states] of Object.entries(marks)) {
      for (const state of states) {
        const text = page(state, monday + 1);
        assert.ok(text.includes(`\n| ${mark} |  |\n`), `${mark}: ${text}`);
      }
    }
  });

  it('says what is wrong with the store, and how to begin', () => {
    const none = { session: undefined };
    assert.match(page(sampleState(none)), /\*\*You are not signed in\\\. Run \\"Reltio\\: Sign In\\"\\\.\*\*/);
    const problem = new Failure('sessionsUnreadable');
    assert.match(page(sampleState({ ...none, problem })), /^\*\*✗ Problem\*\*: .*could not open its secret storage/m);
  });

  it('says why an account is gone, also in the text that is copied', () => {
    const account = '[x](command:evil) omar@acme.com';
    const past = {
      entries: [{ at: monday, what: 'refreshTokenRejected', session: 'old', account } as const],
      refreshTokenDays: 28,
    };
    const state = sampleState();
    assert.match(
      detailsMarkdown([state], state, monday, past),
      /^## No longer signed in\n\n.*\n.*\n\| \\\(x\\\)\\\(command\\:evil\\\) `omar@acme\.com` \| .+\(\d\d\\:\d\d\\\).* \|$/m,
    );
    assert.match(
      detailsText([state], state, monday, past),
      /^No longer signed in\n {2}\(x\)\(command:evil\) omar.*: .+\./m,
    );
  });

  it('holds no secret, and nothing of a name that Markdown would use', () => {
    const tokens = sampleTokens({ accessToken: 's3cret-access', refreshToken: 's3cret-refresh' });
    const account = { ...jane, user: '[x](command:evil) **b** <img> |' };
    const text = page(sampleState({ session: sampleSession({ account, tokens }) }));
    assert.doesNotMatch(text, /s3cret|<img>|[^\\]\(command|\*\*b/);
    for (const row of text.split('\n').filter((line) => line.startsWith('| '))) {
      assert.equal(row.match(/(?<!\\)\|/g)?.length, 3, row);
    }
  });
});
