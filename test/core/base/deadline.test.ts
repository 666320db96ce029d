import assert from 'node:assert/strict';
import { aborted, callWithDeadline, withDeadline } from '../../../src/core/base/deadline';
import { Failure } from '../../../src/core/base/failure';
import { FakeClock } from '../../fakes/fakeClock';

describe('a deadline', () => {
  let clock: FakeClock;
  beforeEach(() => {
    clock = new FakeClock();
  });
  /** Work that ends only by its signal. */
  const hang = (signal: AbortSignal): Promise<never> => aborted(signal, new Failure('cancelled'));
  const codeOf = async (work: Promise<unknown>): Promise<string> =>
    await clock.finish(
      work.then(
        () => 'done',
        (error: unknown) => (error as Failure).code,
      ),
    );

  it('aborts the signal in time and no sooner', async () => {
    let signal: AbortSignal | undefined;
    const work = withDeadline(clock, 1_000, (given) => {
      signal = given;
      return hang(given);
    }).catch(() => undefined);
    await clock.pass(999);
    assert.equal(signal?.aborted, false);
    await clock.pass(1);
    assert.equal(signal.aborted, true);
    await work;
  });

  it('returns what the work returns, and leaves no timer behind', async () => {
    assert.equal(await withDeadline(clock, 1_000, () => Promise.resolve('done')), 'done');
    assert.equal(clock.waiting, 0);
  });

  it('leaves no timer behind when the work fails', async () => {
    await assert.rejects(withDeadline(clock, 1_000, () => Promise.reject(new Error('failed'))));
    assert.equal(clock.waiting, 0);
  });

  it('aborts with the outer signal too', async () => {
    const outer = new AbortController();
    const work = withDeadline(clock, 1_000, hang, outer.signal);
    outer.abort();
    await assert.rejects(work);
    assert.equal(clock.waiting, 0);
  });

  describe('of a call', () => {
    it('is a timeout', async () => {
      assert.equal(await codeOf(callWithDeadline(clock, 1_000, 'host', hang)), 'timeout');
    });

    it('is cancelled when the user cancels', async () => {
      const outer = new AbortController();
      const call = callWithDeadline(clock, 1_000, 'host', hang, outer.signal);
      outer.abort();
      assert.equal(await codeOf(call), 'cancelled');
    });

    it('leaves other failures as they are', async () => {
      const failing = () => Promise.reject(new Failure('dns', { host: 'host' }));
      assert.equal(await codeOf(callWithDeadline(clock, 1_000, 'host', failing)), 'dns');
    });
  });

  it('has passed before work that starts too late', async () => {
    const signal = AbortSignal.abort(new Error('too late'));
    await assert.rejects(aborted(signal), /too late/);
  });
});
