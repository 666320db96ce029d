import assert from 'node:assert/strict';
import { sideBySide } from '../../../scripts/steps/sideBySide';
import type { Job } from '../../../scripts/steps/sideBySide';

describe('steps side by side', () => {
  /** Runs the jobs, ends one at a time, the one that has run longest first, and returns what happened. */
  const events = async (jobs: Job[], lanes: number): Promise<string[]> => {
    const happened: string[] = [];
    const ends: (() => void)[] = [];
    const all = sideBySide(jobs, lanes, async ({ name }) => {
      happened.push(`start ${name}`);
      await new Promise<void>((resolve) => ends.push(resolve));
      happened.push(`end ${name}`);
    });
    const ended = all.then(() => true);
    while (!(await Promise.race([ended, new Promise<false>((resolve) => setImmediate(() => resolve(false)))]))) {
      ends.shift()?.();
    }
    return happened;
  };

  it('run one after the other in one lane', async () => {
    assert.deepEqual(await events([{ name: 'a' }, { name: 'b' }], 1), ['start a', 'end a', 'start b', 'end b']);
  });

  it('run as many at a time as there are lanes', async () => {
    assert.deepEqual(await events([{ name: 'a' }, { name: 'b' }, { name: 'c' }], 2), [
      'start a',
      'start b',
      'end a',
      'start c',
      'end b',
      'end c',
    ]);
  });

  it('wait for those that they need, while others go first', async () => {
    const jobs = [{ name: 'a' }, { name: 'b', after: ['a'] }, { name: 'c' }, { name: 'd', after: ['a', 'missing'] }];
    assert.deepEqual(await events(jobs, 2), [
      'start a',
      'start c',
      'end a',
      'start b',
      'end c',
      'start d',
      'end b',
      'end d',
    ]);
  });

  it('do not wait for ever for each other', async () => {
    const jobs = [
      { name: 'a', after: ['b'] },
      { name: 'b', after: ['a'] },
    ];
    await assert.rejects(events(jobs, 2), /wait for each other: a, b/);
  });

  it('fail as their run fails', async () => {
    const run = (): Promise<void> => Promise.reject(new Error('broken'));
    await assert.rejects(sideBySide([{ name: 'a' }], 2, run), /broken/);
  });
});
