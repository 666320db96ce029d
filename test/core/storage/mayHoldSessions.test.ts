import assert from 'node:assert/strict';
import { mayHoldSessions } from '../../../src/core/storage/mayHoldSessions';
import type { Recalled } from '../../../src/core/storage/rememberedState';
import type { State } from '../../../src/core/storage/stateFile';

describe('whether the secret storage may hold sessions', () => {
  const at = (revision: number, sessions: number, storeId = 'store'): State => ({ storeId, revision, sessions });

  const rows: readonly [says: string, state: State | 'missing' | 'unknown', remembered: Recalled, expected: boolean][] =
    [
      ['no user ever signed in', 'missing', 'nothing', false],
      ['the folder is gone, and a session is remembered', 'missing', at(7, 1), true],
      ['the folder is gone, and the last sign-out is remembered', 'missing', at(7, 0), false],
      ['the folder is gone, and there are traces of a sign-in', 'missing', 'signedInOnce', true],

      ['the file cannot be read', 'unknown', 'nothing', true],
      ['the file cannot be read; another profile may have signed in since', 'unknown', at(7, 0), true],

      ['the file says that there are sessions', at(7, 1), 'nothing', true],
      ['the file says that there are sessions that another profile made', at(7, 1), at(6, 0), true],
      ['the file says that there are sessions and is older', at(5, 1), at(7, 0), true],
      ['the file says that there are sessions of another store', at(5, 1, 'other'), at(7, 0), true],

      ['all accounts are signed out', at(7, 0), 'nothing', false],
      ['all accounts are signed out, although there are traces of a sign-in', at(7, 0), 'signedInOnce', false],
      ['all accounts are signed out, and both know', at(7, 0), at(7, 0), false],
      ['all accounts are signed out in another profile', at(7, 0), at(6, 1), false],
      ['the file comes from a backup made before the sign-in', at(5, 0), at(7, 1), true],
      ['the file comes from another machine', at(9, 0, 'other'), at(7, 1), true],
      ['the file comes from another machine, and no user is signed in here', at(9, 0, 'other'), at(7, 0), false],
    ];
  for (const [says, state, remembered, expected] of rows) {
    it(`${expected ? 'yes' : 'no'}: ${says}`, () => {
      assert.equal(mayHoldSessions(state, remembered, false), expected);
    });
  }

  it('always, if state.json, on another machine than the secrets, says that there are none', () => {
    assert.equal(mayHoldSessions(at(7, 0), at(7, 0), true), true);
    assert.equal(mayHoldSessions(at(7, 0), 'nothing', true), true);
  });
});
