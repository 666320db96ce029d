import assert from 'node:assert/strict';
import { RecentAnswers } from '../../../src/features/whoAmI/recentAnswers';
import { FakeClock } from '../../fakes/fakeClock';

describe('RecentAnswers', () => {
  let clock: FakeClock;
  let answers: RecentAnswers;
  let asked: string[];
  beforeEach(() => {
    clock = new FakeClock();
    answers = new RecentAnswers(clock);
    asked = [];
  });
  const get = (about: string, answer?: Promise<string>) =>
    answers.get(about, () => {
      asked.push(about);
      return answer ?? Promise.resolve(`answer ${asked.length}`);
    });

  it('asks once in ten seconds about the same, whatever the clock of the machine does', async () => {
    assert.deepEqual(await Promise.all([get('jane'), get('jane')]), ['answer 1', 'answer 1']);
    clock.set(clock.now() + 3_600_000);
    await clock.pass(9_999);
    assert.equal(await get('jane'), 'answer 1');
    await clock.pass(1);
    assert.equal(await get('jane'), 'answer 2');
  });

  it('asks about another account or environment at once', async () => {
    await get('jane dev');
    await get('jane test');
    assert.deepEqual(asked, ['jane dev', 'jane test']);
  });

  it('joins a request that is under way, and asks again after a failure', async () => {
    let fail: (error: Error) => void = () => undefined;
    const slow = new Promise<string>((_resolve, reject) => {
      fail = reject;
    });
    const both = [get('jane', slow), get('jane')];
    fail(new Error('offline'));
    for (const one of both) {
      await assert.rejects(one, /offline/);
    }
    assert.deepEqual(asked, ['jane']);
    assert.equal(await get('jane'), 'answer 2');
  });
});
