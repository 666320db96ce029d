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
      'Same token returned by Reltio, 59 min left.',
    );
  });

  it('names the account where there are several, in what is seen of the line', () => {
    for (const isNewToken of [true, false]) {
      assert.match(
        refreshedText({ session: sampleSession(), isNewToken }, true, now),
        /^(New|Same) token of jane@acme\.com \(auth\.reltio\.com\) (until|returned) /,
      );
    }
  });
});
