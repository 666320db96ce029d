import assert from 'node:assert/strict';
import { limited } from '../../../src/features/diagnosis/limited';
import { FakeClock } from '../../fakes/fakeClock';

describe('a check with a time limit', () => {
  const never = (): Promise<never> => new Promise(() => undefined);
  const late = (): string => 'late';
  const notCancelled = new AbortController().signal;

  it('returns the result of the check, and leaves no timer', async () => {
    const clock = new FakeClock();
    assert.equal(await limited(clock, notCancelled, () => Promise.resolve('found'), late), 'found');
    assert.equal(clock.waiting, 0);
  });

  it('lets the check report its own timeout', async () => {
    const clock = new FakeClock();
    const check = (limit: AbortSignal): Promise<string> =>
      new Promise((resolve) => {
        limit.addEventListener('abort', () => {
          resolve('no answer');
        });
      });
    assert.equal(await clock.finish(limited(clock, notCancelled, check, late)), 'no answer');
  });

  it('waits at most 10.5 s for a check that ignores the signal', async () => {
    const clock = new FakeClock();
    const started = clock.now();
    assert.equal(await clock.finish(limited(clock, notCancelled, never, late)), 'late');
    assert.equal(clock.now() - started, 10_500);
    assert.equal(clock.waiting, 0);
  });

  it('stops at once when the user cancels, even before it begins', async () => {
    const clock = new FakeClock();
    const user = new AbortController();
    const asked = limited(clock, user.signal, never, late);
    user.abort();
    await assert.rejects(asked, { name: 'AbortError' });
    assert.equal(clock.waiting, 0);
    let hasRun = false;
    const check = (): Promise<string> => {
      hasRun = true;
      return never();
    };
    await assert.rejects(limited(clock, user.signal, check, late), { name: 'AbortError' });
    assert.ok(!hasRun);
  });
});
