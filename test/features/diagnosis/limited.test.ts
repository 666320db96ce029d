import assert from 'node:assert/strict';
import { limited } from '../../../src/features/diagnosis/limited';
import { FakeClock } from '../../fakes/fakeClock';

describe('a look with a limit', () => {
  const never = (): Promise<never> => new Promise(() => undefined);
  const late = (): string => 'late';
  const nobody = new AbortController().signal;

  it('gives what the look found, and leaves no timer', async () => {
    const clock = new FakeClock();
    assert.equal(await limited(clock, nobody, () => Promise.resolve('found'), late), 'found');
    assert.equal(clock.waiting, 0);
  });

  it('lets the look say itself why it was late', async () => {
    const clock = new FakeClock();
    const look = (limit: AbortSignal): Promise<string> =>
      new Promise((resolve) => {
        limit.addEventListener('abort', () => {
          resolve('no answer');
        });
      });
    assert.equal(await clock.finish(limited(clock, nobody, look, late)), 'no answer');
  });

  it('waits for a look that hears no signal 10.5 s and no longer', async () => {
    const clock = new FakeClock();
    const started = clock.now();
    assert.equal(await clock.finish(limited(clock, nobody, never, late)), 'late');
    assert.equal(clock.now() - started, 10_500);
    assert.equal(clock.waiting, 0);
  });

  it('ends at once when the person cancels, before it begins too', async () => {
    const clock = new FakeClock();
    const person = new AbortController();
    const asked = limited(clock, person.signal, never, late);
    person.abort();
    await assert.rejects(asked, { name: 'AbortError' });
    assert.equal(clock.waiting, 0);
    let looked = false;
    const look = (): Promise<string> => {
      looked = true;
      return never();
    };
    await assert.rejects(limited(clock, person.signal, look, late), { name: 'AbortError' });
    assert.ok(!looked);
  });
});
