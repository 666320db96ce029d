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

  it('names the account at its end where there are several', () => {
    for (const isNewToken of [true, false]) {
      assert.match(
        refreshedText({ session: sampleSession(), isNewToken }, true, now),
        / \(jane@acme\.com \(auth\.reltio\.com\)\)\.$/,
      );
    }
  });
});
