import assert from 'node:assert/strict';
import { RememberedState } from '../../../src/core/storage/rememberedState';
import { FakeMemory } from '../../fakes/fakeMemory';
import { settle } from '../../fakes/fakeClock';
import { RecordingLog } from '../../fakes/recordingLog';

describe('the copy of state.json in a profile', () => {
  const state = { storeId: 'store', revision: 3, sessions: 1 };
  let memory: FakeMemory;
  let log: RecordingLog;
  let traces: boolean;
  let remembered: RememberedState;
  beforeEach(() => {
    memory = new FakeMemory();
    log = new RecordingLog();
    traces = false;
    remembered = new RememberedState(memory, () => traces, log);
  });

  it('is nothing at first, or that there are traces of a sign-in', () => {
    assert.equal(remembered.recall(), 'nothing');
    traces = true;
    assert.equal(remembered.recall(), 'signedInOnce');
  });

  it('is the last saved one, in every window of the profile', () => {
    remembered.keep(state);
    traces = true;
    assert.deepEqual(new RememberedState(memory, () => false, log).recall(), state);
  });

  it('is written for another store and for the first and the last session, not for every refresh', () => {
    remembered.keep(state);
    remembered.keep({ ...state, revision: 4 });
    remembered.keep({ ...state, revision: 5, sessions: 2 });
    assert.equal(memory.writes.length, 1);
    remembered.keep({ ...state, revision: 6, sessions: 0 });
    remembered.keep({ ...state, revision: 7, sessions: 0 });
    assert.equal(memory.writes.length, 2);
    remembered.keep({ ...state, revision: 8 });
    remembered.keep({ ...state, revision: 1, storeId: 'other' });
    assert.equal(memory.writes.length, 4);
  });

  it('holds store id, revision and number, nothing else', () => {
    const document = { ...state, tokens: 'planted-93f2' };
    remembered.keep(document);
    assert.deepEqual([...memory.values.values()], [state]);
  });

  it('is nothing if the value is not one of ours', () => {
    for (const odd of ['text', null, 7, [], {}, { ...state, revision: 'x' }]) {
      memory.values.set([...memory.values.keys()][0] ?? 'announcedSessions', odd);
      assert.equal(remembered.recall(), 'nothing');
    }
  });

  it('costs one more read if it cannot be written', async () => {
    memory.isClosed = true;
    remembered.keep(state);
    await settle();
    assert.equal(remembered.recall(), 'nothing');
    assert.ok(log.lines.some(({ level }) => level === 'warn'));
  });
});
