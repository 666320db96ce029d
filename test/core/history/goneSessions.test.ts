import assert from 'node:assert/strict';
import { goneSessions } from '../../../src/core/history/goneSessions';
import type { HistoryEntry } from '../../../src/core/history/entry';

const entry = (session: string, account: string, what: HistoryEntry['what'] = 'signedIn'): HistoryEntry => ({
  at: 1,
  what,
  session,
  account,
});

describe('sessions that are gone', () => {
  it('are the last of each account that is not signed in, the latest first', () => {
    const entries = [entry('1', 'jane'), entry('2', 'omar'), entry('3', 'jane'), entry('4', 'lee')];
    assert.deepEqual(goneSessions(entries, ['omar']), [
      { id: '4', account: 'lee' },
      { id: '3', account: 'jane' },
    ]);
  });

  it('are not those that the user signed out, but for the latest where no account is signed in', () => {
    const entries = [
      entry('1', 'jane'),
      entry('1', 'jane', 'signedOut'),
      entry('2', 'omar'),
      entry('3', 'lee'),
      entry('3', 'lee', 'signedOut'),
    ];
    const ids = (accounts: readonly string[]): readonly string[] => goneSessions(entries, accounts).map(({ id }) => id);
    assert.deepEqual(ids([]), ['3', '2']);
    assert.deepEqual(ids(['kim']), ['2']);
    assert.deepEqual(ids(['kim', 'omar']), []);
  });

  it('are three at most', () => {
    const entries = ['1', '2', '3', '4'].map((id) => entry(id, `user ${id}`));
    assert.deepEqual(
      goneSessions(entries, []).map(({ id }) => id),
      ['4', '3', '2'],
    );
  });
});
