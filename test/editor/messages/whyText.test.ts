import assert from 'node:assert/strict';
import { whyText } from '../../../src/editor/messages/whyText';
import { monday } from '../../fakes/fakeClock';
import { sampleSession } from '../../fakes/sampleSession';

describe('why a session gives no token', () => {
  const past = { entries: [], refreshTokenDays: 28 };

  it('is said of one that gives none', () => {
    const rejected = sampleSession({ state: 'signInAgain' });
    assert.match(whyText(rejected, monday, past) ?? '', /no longer accepts the sign-in/);
  });

  it('is not said of one that gives a token, nor of one of which nothing is known', () => {
    assert.equal(whyText(sampleSession(), monday, past), undefined);
    assert.equal(whyText('never seen', monday, past), undefined);
  });
});
