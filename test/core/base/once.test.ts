import assert from 'node:assert/strict';
import { once } from '../../../src/core/base/once';

describe('a value that is made once', () => {
  it('is made when it is first needed, and is the same for every caller', async () => {
    let made = 0;
    const get = once(() => Promise.resolve({ number: (made += 1) }));
    assert.equal(made, 0);
    const [one, other] = await Promise.all([get(), get()]);
    assert.equal(one, other);
    assert.equal(await get(), one);
    assert.equal(made, 1);
  });

  it('is made again after a failure, which every waiting caller gets', async () => {
    let tries = 0;
    const get = once(() => ((tries += 1) === 1 ? Promise.reject(new Error('EMFILE')) : Promise.resolve('made')));
    const answers = await Promise.allSettled([get(), get()]);
    assert.deepEqual(
      answers.map(({ status }) => status),
      ['rejected', 'rejected'],
    );
    assert.equal(tries, 1);
    assert.equal(await get(), 'made');
  });
});
