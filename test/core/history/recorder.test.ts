import assert from 'node:assert/strict';
import type { History } from '../../../src/core/history/history';
import { Recorder } from '../../../src/core/history/recorder';
import { FakeClock } from '../../fakes/fakeClock';
import { FakeHistory } from '../../fakes/fakeHistory';
import { preloaded } from '../../fakes/preloaded';

describe('the recorder', () => {
  it('never fails what it records, also where the history cannot take it', async () => {
    const history: History = {
      record: () => {
        throw new Error('the machine does not say since when it runs');
      },
      read: () => Promise.resolve([]),
      settled: () => Promise.resolve(),
      forget: () => Promise.resolve(),
    };
    const recorder = new Recorder(history, new FakeClock(), preloaded);
    recorder.happened('writeLost');
    await recorder.settled();
  });

  it('goes on after an entry that could not be made', async () => {
    const history = new FakeHistory();
    const record = history.record.bind(history);
    history.record = () => {
      history.record = record;
      throw new Error('only this one');
    };
    const recorder = new Recorder(history, new FakeClock(), preloaded);
    recorder.happened('writeLost');
    recorder.happened('clientRejected');
    await recorder.settled();
    assert.deepEqual(
      history.entries.map(({ what }) => what),
      ['clientRejected'],
    );
  });
});
