import assert from 'node:assert/strict';
import { Timeline } from '../../../src/core/sessions/timeline';
import { FakeClock, monday } from '../../fakes/fakeClock';
import { sampleSession, sampleTokens } from '../../fakes/sampleSession';

const second = 1_000;
const hour = 3_600 * second;
const jane = sampleSession();

describe('the time of a session', () => {
  let clock: FakeClock;
  let timeline: Timeline;
  beforeEach(async () => {
    clock = new FakeClock();
    await clock.pass(hour); // the window has been open for a while
    timeline = new Timeline(clock);
  });
  const setBack = (by: number) => {
    clock.set(clock.now() - by);
    timeline.check([jane]);
  };

  it('is the time of the clock', async () => {
    timeline.check([jane]);
    await clock.pass(hour);
    timeline.check([jane]);
    assert.equal(timeline.nowFor(jane), monday + 2 * hour);
  });

  it('goes on when the clock is set back, however often', () => {
    setBack(2 * hour);
    assert.equal(timeline.nowFor(jane), monday + hour);
    setBack(6 * second);
    assert.equal(timeline.nowFor(jane), monday + hour);
  });

  it('follows a clock that is corrected by five seconds or set forward', () => {
    setBack(5 * second);
    assert.equal(timeline.nowFor(jane), monday + hour - 5 * second);
    setBack(-hour);
    assert.equal(timeline.nowFor(jane), monday + 2 * hour - 5 * second);
  });

  it('is that of the clock for a session that was not known then, or whose expiry is news', () => {
    setBack(2 * hour);
    const refreshed = sampleSession({ tokens: sampleTokens({ expiryKnownAt: monday + 1 }) });
    assert.equal(timeline.nowFor(refreshed), monday - hour);
    assert.equal(timeline.nowFor(sampleSession({ id: 'olga' })), monday - hour);
  });
});
