import assert from 'node:assert/strict';
import { expiresAfter } from '../../../src/features/provider/expiresAfter';
import { toVSCode } from '../../../src/features/provider/vscodeSession';
import { sampleSession } from '../../fakes/sampleSession';

describe('the time left that a session carries', () => {
  it('is a whole number of milliseconds above 0, as VS Code requires', () => {
    assert.deepEqual(expiresAfter(sampleSession(), 59_999.7), { expiresAfter: 59_999 });
    assert.deepEqual(expiresAfter(sampleSession(), 1), { expiresAfter: 1 });
  });

  it('is left out once the token has expired, was rejected, or is not handed out', () => {
    for (const left of [0, 0.9]) {
      assert.deepEqual(Object.keys(expiresAfter(sampleSession(), left)), []);
    }
    assert.equal('expiresAfter' in toVSCode(sampleSession({ state: 'rejected' }), [], 60_000), false);
    assert.equal('expiresAfter' in toVSCode(sampleSession(), []), false);
  });

  it('is there while only the refresh token was rejected: the access token is valid', () => {
    assert.deepEqual(expiresAfter(sampleSession({ state: 'signInAgain' }), 60_000), { expiresAfter: 60_000 });
  });
});
