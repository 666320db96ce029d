import assert from 'node:assert/strict';
import { goneSessions } from '../../../src/core/history/goneSessions';
import type { HistoryEntry } from '../../../src/core/history/entry';

const entry = (session: string, account: string): HistoryEntry => ({ at: 1, what: 'signedIn', session, account });

describe('sessions that are gone', () => {
  it('are the last of each account that is not signed in, the latest first', () => {
    const entries = [entry('1', 'jane'), entry('2', 'omar'), entry('3', 'jane'), entry('4', 'lee')];
    assert.deepEqual(goneSessions(entries, ['omar']), [
      { id: '4', account: 'lee' },
      { id: '3', account: 'jane' },
    ]);
  });
});
