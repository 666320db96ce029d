import assert from 'node:assert/strict';
import type { HistoryEntry } from '../../../src/core/history/entry';
import { accountLabel } from '../../../src/core/model/account';
import { goneFindings } from '../../../src/features/diagnosis/pastFindings';
import { monday } from '../../fakes/fakeClock';
import { jane, sampleSession } from '../../fakes/sampleSession';

describe('what the diagnosis finds in the past', () => {
  const past = (...entries: readonly HistoryEntry[]) => ({ entries, refreshTokenDays: 28 });
  const left: HistoryEntry = {
    at: monday,
    what: 'signedOut',
    session: 'old',
    account: 'omar@acme.com (auth.reltio.com)',
  };

  it('says why an account is gone, and does not name it', () => {
    const [finding = assert.fail(), ...more] = goneFindings([], monday + 1_000, past(left));
    assert.deepEqual(more, []);
    assert.equal(finding.about, 'Former account 1');
    assert.equal(finding.state, 'note');
    assert.match(finding.says, /\(\d\d:\d\d\)/);
    assert.doesNotMatch(JSON.stringify(finding), /omar/);
  });

  it('says nothing of an account that is signed in again', () => {
    const account = accountLabel(jane);
    assert.deepEqual(goneFindings([sampleSession()], monday, past({ ...left, account })), []);
  });
});
