import assert from 'node:assert/strict';
import { changesBetween } from '../../../src/core/model/changes';
import { sampleSession, sampleTokens } from '../../fakes/sampleSession';

const jane = sampleSession();
const omar = sampleSession({ id: 'omar' });

describe('changesBetween', () => {
  it('is undefined when nothing differs, even in other objects and another order', () => {
    assert.equal(changesBetween([], []), undefined);
    assert.equal(changesBetween([jane, omar], [structuredClone(omar), structuredClone(jane)]), undefined);
  });

  it('says what was added, what was removed and what differs, with both values', () => {
    const refreshed = { ...jane, tokens: sampleTokens({ accessToken: 'a1' }) };
    const mina = sampleSession({ id: 'mina' });
    assert.deepEqual(changesBetween([jane, omar], [refreshed, mina]), {
      added: [mina],
      removed: [omar],
      changed: [{ before: jane, after: refreshed }],
    });
  });

  it('sees a token that another window changed under the same id', () => {
    const changes = changesBetween([jane], [{ ...jane, tokens: sampleTokens({ refreshToken: 'r1' }) }]);
    assert.equal(changes?.changed.length, 1);
  });

  it('is one removal and one addition for a sign-in that replaces a session', () => {
    const again = { ...jane, id: 'again' };
    assert.deepEqual(changesBetween([jane], [again]), { added: [again], removed: [jane], changed: [] });
  });
});
