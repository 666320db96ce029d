import assert from 'node:assert/strict';
import { refreshedText } from '../../src/handoff/refreshedText';
import { monday } from '../sessions/fakeClock';
import { sampleSession } from '../sessions/sampleSession';

const now = monday + 1_000;

describe('the message after a refresh', () => {
  it('tells a new token from the one that we had', () => {
    assert.match(
      refreshedText({ session: sampleSession(), isNewToken: true }, false, now),
      /^New token until \d\d:\d\d\.$/,
    );
    assert.equal(
      refreshedText({ session: sampleSession(), isNewToken: false }, false, now),
      'Reltio returned the same token, 59 min left.',
    );
  });

  it('says that nothing was asked so soon after the last time, and when it can be', () => {
    const outcome = { session: sampleSession(), isNewToken: false, nextAt: monday + 10_000 };
    assert.match(
      refreshedText(outcome, false, monday + 3_400),
      /^Refreshed 3 s ago\. The next refresh can go at \d\d:\d\d:10\.$/,
    );
    assert.match(refreshedText(outcome, false, monday - 5_000), /^Refreshed 0 s ago\./);
    assert.match(refreshedText(outcome, true, monday), / \(jane@acme\.com \(auth\.reltio\.com\)\)\.$/);
  });

  it('names the account at its end where there are several', () => {
    for (const isNewToken of [true, false]) {
      assert.match(
        refreshedText({ session: sampleSession(), isNewToken }, true, now),
        / \(jane@acme\.com \(auth\.reltio\.com\)\)\.$/,
      );
    }
  });
});
