import assert from 'node:assert/strict';
import { RefusalLog } from '../../../../src/core/localProxy/connections/refusalLog';
import { FakeClock } from '../../../fakes/fakeClock';
import { RecordingLog } from '../../../fakes/recordingLog';

describe('the log of refusals', () => {
  it('has a line at once, then at most one a second, with the number of each', async () => {
    const [log, clock] = [new RecordingLog(), new FakeClock()];
    const refusals = new RefusalLog(log, clock);
    const lines = () => log.lines.splice(0).map(({ fields }) => `${fields.count} ${fields.refusal}`);
    for (let times = 0; times < 1_000; times += 1) refusals.add('key');
    refusals.add('host');
    assert.deepEqual(lines(), ['1 key']);
    await clock.pass(999);
    assert.deepEqual(lines(), []);
    await clock.pass(1);
    assert.deepEqual(lines(), ['999 key']);
    await clock.pass(1_000);
    assert.deepEqual(lines(), ['1 host']);
    await clock.pass(1_000);
    assert.equal(clock.waiting, 0);
    refusals.add('host');
    assert.deepEqual(lines(), ['1 host']);
  });
});
