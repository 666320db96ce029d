import assert from 'node:assert/strict';
import { Failure, isFailure } from '../../src/core/base/failure';
import type { SignInRequest } from '../../src/editor/signIn';
import { SignIn } from '../../src/editor/signIn';
import { FakeClock } from '../fakes/fakeClock';
import { sampleSession } from '../fakes/sampleSession';
import { scriptedPrompt } from '../fakes/scriptedPrompt';

const limit = 5 * 60_000;

describe('the sign-in of a window', () => {
  const clock = new FakeClock();
  let runs: SignInRequest[];
  let end: ((how: 'signedIn' | 'left', id?: string) => void) | undefined;
  let hangs: boolean;
  let deadline: AbortSignal;
  let signIn: SignIn;
  beforeEach(() => {
    runs = [];
    hangs = false;
    signIn = new SignIn((signal) => {
      deadline = signal;
      return Promise.resolve(scriptedPrompt([]));
    }, clock);
    signIn.runWith(() =>
      Promise.resolve({
        run: (request) => {
          runs.push(request);
          return new Promise((resolve, reject) => {
            end = (how, id = 'jane') => {
              if (how === 'signedIn') resolve(sampleSession({ id }));
              else reject(new Failure('cancelled'));
            };
            const leave = end;
            deadline.addEventListener('abort', () => {
              if (!hangs) leave('left');
            });
          });
        },
      }),
    );
  });

  it('is one at a time: a second caller joins the first', async () => {
    const first = signIn.start();
    const second = signIn.start({ identityServer: 'https://auth.reltio.com' });
    await clock.pass(0);
    end?.('signedIn');
    assert.equal((await first).id, (await second).id);
    assert.equal(runs.length, 1, 'the user is notified once');
  });

  it('starts again after the first has finished or failed', async () => {
    const first = signIn.start();
    await clock.pass(0);
    end?.('left');
    await assert.rejects(first, (error) => isFailure(error) && error.code === 'cancelled');
    const second = signIn.start();
    await clock.pass(0);
    end?.('signedIn');
    await second;
    assert.equal(runs.length, 2);
  });

  it('keeps another extension that joined waiting for five minutes at most', async () => {
    const own = signIn.start();
    const joined = assert.rejects(signIn.start({}, limit), (error) => isFailure(error) && error.code === 'cancelled');
    await clock.pass(limit);
    await joined;
    assert.equal(deadline.aborted, false, 'the user may go on');
    end?.('signedIn');
    await own;
  });

  it('closes by itself after five minutes when another extension started it, and not when the user did', async () => {
    const own = signIn.start();
    await clock.pass(limit + 1);
    assert.equal(deadline.aborted, false);
    end?.('signedIn');
    await own;
    const consumers = signIn.start({}, limit);
    const ended = assert.rejects(consumers, (error) => isFailure(error) && error.code === 'cancelled');
    await clock.pass(limit - 1);
    assert.equal(deadline.aborted, false);
    await clock.pass(1);
    await ended;
  });

  it('starts again after the deadline even if the one before hangs', async () => {
    hangs = true;
    const stuck = assert.rejects(signIn.start({}, limit), { code: 'cancelled' });
    await clock.pass(limit);
    await stuck;
    const next = signIn.start();
    await clock.pass(0);
    assert.equal(runs.length, 2);
    end?.('signedIn');
    await next;
  });

  it('is joined after the deadline of one that hung, however that one ends', async () => {
    hangs = true;
    const stuck = assert.rejects(signIn.start({}, limit), { code: 'cancelled' });
    await clock.pass(limit);
    await stuck;
    const late = end;
    const next = signIn.start();
    await clock.pass(0);
    late?.('signedIn', 'late');
    await clock.pass(0);
    const joined = signIn.start();
    await clock.pass(0);
    assert.equal(runs.length, 2);
    end?.('signedIn');
    assert.deepEqual([(await next).id, (await joined).id], ['jane', 'jane']);
  });

  describe('joined by an extension that wants a certain account', () => {
    const isOmar = ({ id }: { id: string }) => id === 'omar';

    it('is followed by one for that account', async () => {
      const own = signIn.start();
      const joined = signIn.start({ user: 'omar@acme.com' }, limit, isOmar);
      await clock.pass(0);
      end?.('signedIn');
      await own;
      await clock.pass(0);
      assert.deepEqual(runs, [{}, { user: 'omar@acme.com' }]);
      end?.('signedIn', 'omar');
      assert.equal((await joined).id, 'omar');
    });

    it('shares its five minutes with the one that follows', async () => {
      const own = signIn.start();
      const joined = assert.rejects(signIn.start({}, limit, isOmar), { code: 'cancelled' });
      await clock.pass(limit - 1_000);
      end?.('signedIn');
      await own;
      await clock.pass(999);
      assert.equal(deadline.aborted, false);
      await clock.pass(1);
      assert.equal(deadline.aborted, true);
      await joined;
      assert.equal(runs.length, 2);
    });

    it('is not followed by another when the account is the right one, or no other had started', async () => {
      const own = signIn.start();
      const joined = signIn.start({}, limit, isOmar);
      await clock.pass(0);
      end?.('signedIn', 'omar');
      await Promise.all([own, joined]);
      const alone = signIn.start({}, limit, isOmar);
      await clock.pass(0);
      end?.('signedIn');
      assert.equal((await alone).id, 'jane');
      assert.equal(runs.length, 2);
    });
  });
});
