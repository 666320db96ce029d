import assert from 'node:assert/strict';
import { copiedHeader, copiedText, copiedToken } from '../../../src/features/handoff/copiedText';
import { monday } from '../../fakes/fakeClock';
import { pastedSession, sampleSession, sampleTokens } from '../../fakes/sampleSession';

const oneLine = 58; // a message without buttons shows no more
const now = monday + 1_000;

describe('the message after copying', () => {
  it('says on one line how long the token is valid and how long it stays on the clipboard', () => {
    const cleared = copiedText(copiedToken, sampleSession(), 'Cleared in 60 s.', false, now);
    assert.equal(cleared, 'Token copied. Expires in 59 min. Cleared in 60 s.');
    assert.ok(cleared.length <= oneLine);
    assert.equal(
      copiedText(copiedHeader, sampleSession(), 'Stays on the clipboard.', false, now),
      'Header copied. Expires in 59 min. Stays on the clipboard.',
    );
  });

  it('marks an expiry that is only an estimate', () => {
    const session = sampleSession({ tokens: sampleTokens({ expiryIsEstimate: true }) });
    assert.match(copiedText(copiedToken, session, 'Stays on the clipboard.', false, now), /Expires in about 59 min\./);
  });

  it('says that the token was pasted, so that nobody waits for another one', () => {
    const copied = copiedText(copiedToken, pastedSession(), 'Cleared in 60 s.', false, now);
    assert.equal(copied, 'Token (pasted) copied. Expires in 59 min. Cleared in 60 s.');
    assert.ok(copied.length <= oneLine);
    assert.match(copiedText(copiedToken, pastedSession(), '', true, now), /^Token of jane@.* · pasted token copied\./);
  });

  it('names the account when there are several, in the visible part of the line', () => {
    assert.equal(
      copiedText(copiedToken, sampleSession(), 'Stays on the clipboard.', true, now),
      'Token of jane@acme.com (auth.reltio.com) copied. Expires in 59 min. Stays on the clipboard.',
    );
  });
});
