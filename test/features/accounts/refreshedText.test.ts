import assert from 'node:assert/strict';
import { refreshedText } from '../../../src/features/accounts/refreshedText';
import { monday } from '../../fakes/fakeClock';
import { robotSession, sampleSession } from '../../fakes/sampleSession';

const now = monday + 1_000;

describe('the message after a refresh', () => {
  it('distinguishes a new token from the same one', () => {
    assert.match(
      refreshedText({ session: sampleSession(), isNewToken: true }, false, now),
      /^New token until \d\d:\d\d\.$/,
    );
    assert.equal(
      refreshedText({ session: sampleSession(), isNewToken: false }, false, now),
      'Same token returned by Reltio, 59 min left.',
    );
  });

  it('says that the token was refreshed just now, and when it can be refreshed again', () => {
    const outcome = { session: sampleSession(), isNewToken: false, nextAt: monday + 10_000 };
    assert.match(
      refreshedText(outcome, false, monday + 3_400),
      /^Token refreshed 3 s ago\. You can refresh it again at \d\d:\d\d:10\.$/,
    );
    assert.match(refreshedText(outcome, false, monday - 5_000), /^Token refreshed 0 s ago\./);
    assert.match(refreshedText(outcome, true, monday), /^Token of jane@acme\.com \(auth\.reltio\.com\) refreshed /);
  });

  it('says that a token is still valid, and when a client gets the next one', () => {
    const outcome = { session: robotSession(), isNewToken: false, isStillValid: true } as const;
    assert.equal(
      refreshedText(outcome, true, monday + 1_200_000),
      'Token of client acme_loader (auth.reltio.com) is still valid, 40 min left. Reltio confirmed it. A client gets its next ' +
        'token when this one expires.',
    );
  });

  it('names the account when there are several, in the visible part of the line', () => {
    for (const isNewToken of [true, false]) {
      assert.match(
        refreshedText({ session: sampleSession(), isNewToken }, true, now),
        /^(New|Same) token of jane@acme\.com \(auth\.reltio\.com\) (until|returned) /,
      );
    }
  });
});
