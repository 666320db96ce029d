import assert from 'node:assert/strict';
import { isForgottenSince } from '../../../src/core/model/forgotten';
import { monday } from '../../fakes/fakeClock';

describe('what was forgotten', () => {
  const now = monday + 1_000;

  it('is what is as old as the forgetting, or older', () => {
    assert.equal(isForgottenSince(monday - 1, monday, now), true);
    assert.equal(isForgottenSince(monday, monday, now), true);
    assert.equal(isForgottenSince(monday + 1, monday, now), false);
  });

  it('is nothing if nobody had anything forgotten', () => {
    assert.equal(isForgottenSince(monday, undefined, now), false);
  });

  it('is nothing if the forgetting is still to come: the clock was set back', () => {
    assert.equal(isForgottenSince(monday, now, now), true);
    assert.equal(isForgottenSince(monday, now + 1, now), false);
  });
});
