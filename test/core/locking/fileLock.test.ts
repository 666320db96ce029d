import assert from 'node:assert/strict';
import type { Clock } from '../../../src/core/base/clock';
import { FileLock } from '../../../src/core/locking/fileLock';
import type { HeldLock } from '../../../src/core/locking/lock';
import { FakeClock, monday } from '../../fakes/fakeClock';
import { FakeLockFolder } from '../../fakes/fakeLockFolder';
import { FakeRandom } from '../../fakes/fakeRandom';
import { RecordingLog } from '../../fakes/recordingLog';

/** A clock whose timers do not come while its process is stopped. */
class StoppableClock implements Clock {
  stopped = false;

  constructor(private readonly clock: Clock) {}

  readonly now = () => this.clock.now();
  readonly steady = () => this.clock.steady();
  readonly after = (milliseconds: number, callback: () => void) =>
    this.clock.after(milliseconds, () => {
      if (!this.stopped) {
        callback();
      }
    });
}

describe('a lock between windows', () => {
  let clock: FakeClock;
  let folder: FakeLockFolder;
  let log: RecordingLog;
  beforeEach(() => {
    clock = new FakeClock();
    folder = new FakeLockFolder(clock);
    log = new RecordingLog();
  });
  const window = (own: Clock = clock) => new FileLock(folder, own, new FakeRandom(), log);
  const take = async (lock = window(), name = 'document', patience = 60_000): Promise<HeldLock> => {
    const held = await clock.finish(lock.acquire(name, patience));
    assert.ok([...folder.files.keys()].length > 0, 'the lock was taken');
    return held;
  };
  /** What becomes of a wait within this time. */
  const within = async (milliseconds: number, waiting: Promise<HeldLock>): Promise<HeldLock | 'waits'> => {
    let outcome: HeldLock | 'waits' = 'waits';
    void waiting.then((held) => {
      outcome = held;
    });
    await clock.pass(milliseconds);
    return outcome;
  };
  /** A program that makes the next lock file every second, as if it had the lock each time. */
  const keepTaking = (lock: string): (() => void) => {
    let number = 0;
    let isStopped = false;
    const take = (): void => {
      if (!isStopped) {
        folder.files.set(`${lock}.${(number += 1)}`, clock.now());
        clock.after(1_000, take);
      }
    };
    take();
    return () => {
      isStopped = true;
    };
  };

  it('is taken at once when free, and names its owner', async () => {
    const held = await take();
    assert.equal(await held.isHeld(), true);
    assert.deepEqual([...folder.files.keys()], ['document.1']);
  });

  it('goes to a waiter moments after its release', async () => {
    const held = await take();
    const waiting = window().acquire('document', 60_000);
    await clock.pass(2_000);
    await held.release();
    const released = clock.now();
    const next = await clock.finish(waiting);
    assert.ok((await next.isHeld()) && clock.now() - released <= 200, `${clock.now() - released} ms`);
    assert.equal(await held.isHeld(), false);
  });

  it('stays with a holder that is alive, and is taken from one that does not release it in time', async () => {
    const held = await take();
    const waiting = window().acquire('document', 30_000);
    assert.equal(await within(29_000, waiting), 'waits');
    assert.equal(await held.isHeld(), true);
    const next = await clock.finish(waiting);
    assert.deepEqual([await held.isHeld(), await next.isHeld()], [false, true]);
    await held.release();
    assert.equal(await next.isHeld(), true);
  });

  it('goes to each of many waiters within about a minute, one at a time, even if no holder releases it', async () => {
    await take();
    const waiting = Array.from({ length: 4 }, () => window().acquire('document', 60_000));
    const all = await clock.finish(Promise.all(waiting));
    const held = await Promise.all(all.map((one) => one.isHeld()));
    assert.equal(held.filter(Boolean).length, 1);
    assert.ok(clock.now() - monday < 5 * 60_000, `${clock.now() - monday} ms`);
  });

  it('goes to a waiter within a minute, even if another program takes it again and again', async () => {
    const stop = keepTaking('document');
    const waiting = window().acquire('document', 60_000);
    assert.equal(await within(55_000, waiting), 'waits');
    const held = await clock.finish(waiting);
    stop();
    assert.equal(await held.isHeld(), true);
    assert.ok(clock.now() - monday < 65_000);
  });

  it('is taken over within 5 s of its holder being stopped or killed, and the holder knows when it is back', async () => {
    const stoppable = new StoppableClock(clock);
    const held = await take(window(stoppable));
    await clock.pass(10_500);
    stoppable.stopped = true;
    const stoppedAt = clock.now();
    const next = await take();
    assert.ok(clock.now() - stoppedAt <= 5_000, `${clock.now() - stoppedAt} ms`);
    stoppable.stopped = false;
    assert.equal(await held.isHeld(), false);
    assert.equal(await next.isHeld(), true);
    await held.release();
    assert.equal(await next.isHeld(), true, 'a window that lost it can no longer release it');
  });

  it('is free at once after its release, even if the clock was set back by the difference of two time zones', async () => {
    await (await take()).release();
    clock.set(clock.now() - 14 * 3_600_000);
    const asked = clock.steady();
    assert.equal(await (await take()).isHeld(), true);
    assert.equal(clock.steady() - asked, 0);
  });

  it('is lost to a sleep even when no other window took it', async () => {
    const held = await take();
    clock.set(clock.now() + 8 * 3_600_000);
    assert.equal(await held.isHeld(), false);
    await clock.pass(2_000);
    assert.equal(await held.isHeld(), false, 'and does not come back');
  });

  it('is taken over once, whatever the number of waiters', async () => {
    folder.files.set('document.7', clock.now() - 60_000);
    const waiting = Array.from({ length: 6 }, () => window().acquire('document', 60_000));
    const outcomes = await Promise.all(waiting.map((one) => within(0, one)));
    await clock.pass(1_000);
    assert.equal(outcomes.filter((one) => one !== 'waits').length, 1);
  });

  it('is not taken by a waiter that was suspended after it listed the folder, when its old number is free again', async () => {
    folder.files.set('document.1', clock.now() - 60_000);
    let isFirst = true;
    folder.before = (call) => {
      if (call === 'create' && isFirst) {
        isFirst = false;
        folder.files.clear();
        folder.files.set('document.40', clock.now()); // forty holders have had it since it listed the folder
      }
    };
    assert.equal(await within(1_000, window().acquire('document', 60_000)), 'waits');
    assert.deepEqual([...folder.files.keys()], ['document.40']);
  });

  it('is not taken by a waiter that was suspended while it read the touch time', async () => {
    const held = await take();
    const answered = folder.touchedAt.bind(folder);
    folder.touchedAt = async (name) => {
      const answer = await answered(name);
      folder.touchedAt = answered;
      await new Promise<void>((resolve) => clock.after(4_500, resolve)); // the holder goes on touching
      return answer;
    };
    assert.equal(await within(6_000, window().acquire('document', 60_000)), 'waits');
    assert.equal(await held.isHeld(), true);
  });

  it('becomes free even if the clock was set back', async () => {
    folder.files.set('document.3', clock.now() + 6 * 3_600_000);
    const before = clock.now();
    await take();
    assert.ok(clock.now() - before <= 5_000);
  });

  it('is lost when its folder is removed, which frees it for others', async () => {
    await (await take()).release();
    const held = await take();
    folder.files.clear();
    assert.equal(await held.isHeld(), false);
    const next = await take();
    await held.release();
    assert.equal(await next.isHeld(), true);
    assert.deepEqual(log.lines, []);
  });

  it('does not fill the folder', async () => {
    for (let round = 0; round < 50; round += 1) {
      await (await take()).release();
    }
    assert.ok(folder.files.size <= 17, `${folder.files.size} files`);
  });

  it('is separate for each name', async () => {
    await take(window(), 'refresh-../../jane');
    await take(window(), 'refresh-john');
    const names = [...folder.files.keys()];
    assert.match(names[0] ?? '', /^refresh-______jane-[\da-f]{64}\.1$/);
    assert.equal(names[1], 'refresh-john.1');
  });

  it('is separate for every id, whatever the id contains', async () => {
    const ids = [
      'a.1',
      'a_1',
      'A',
      'x'.repeat(5_000),
      'x'.repeat(4_999),
      '\ud800',
      '\ud801',
      '',
      '\0',
      '\u202e',
      '../..',
    ];
    for (const id of ids) {
      await take(window(), `refresh-${id}`);
    }
    const names = [...folder.files.keys()];
    assert.equal(new Set(names).size, ids.length);
    assert.ok(names.every((name) => /^[\w-]{1,110}\.1$/.test(name)));
  });

  describe('can be taken', () => {
    const odd = [
      'document.9007199254740991',
      'document.9007199254740992',
      'document.1000000000000000',
      'document.1e15',
      'document.1e3',
      'document.0x10',
      'document. 7',
      'document.7 ',
      'document.07',
      'document.+7',
      'document.-7',
      'document.7.0',
      'document.0',
      'document.',
      'document',
      'document.NaN',
      'document.Infinity',
      'document.\u0667',
      'document.7\n',
      'document.7.new',
      'DOCUMENT.9',
      'document.999999999999999',
      'document.999999999999998',
    ];
    for (const name of odd) {
      for (const kind of ['file', 'young file', 'file from the future', 'stuck'] as const) {
        it(`beside ${JSON.stringify(name)}, a ${kind}`, async () => {
          if (kind === 'stuck') {
            folder.stuck.add(name);
          } else {
            const ages = { file: 60_000, 'young file': 0, 'file from the future': -3_600_000 };
            folder.files.set(name, clock.now() - ages[kind]);
          }
          for (let round = 0; round < 3; round += 1) {
            const before = clock.now();
            const held = await clock.finish(window().acquire('document', 60_000));
            assert.equal(await held.isHeld(), true);
            await held.release();
            assert.ok(clock.now() - before <= 5_000, `${clock.now() - before} ms`);
          }
          const stays = name === 'document.999999999999999' && kind === 'stuck';
          assert.equal(log.lines.length, stays ? 3 : 0, 'only where no number can follow is there no lock');
        });
      }
    }

    it('and by only one, when the numbers had to start over', async () => {
      folder.files.set('document.999999999999999', clock.now() - 60_000);
      const held = await take();
      assert.deepEqual([...folder.files.keys()], ['document.1']);
      assert.equal(await within(20_000, window().acquire('document', 60_000)), 'waits');
      assert.equal(await held.isHeld(), true);
    });

    it('after the usual time and no sooner, when the time of the newest file cannot be read', async () => {
      folder.stuck.add('document.7');
      const waiting = window().acquire('document', 60_000);
      assert.equal(await within(3_500, waiting), 'waits');
      assert.equal(await (await clock.finish(waiting)).isHeld(), true);
      assert.ok(folder.files.has('document.8'));
    });

    it('when there is a file that no listing shows', async () => {
      folder.stuck.add('document.1');
      const list = folder.list.bind(folder);
      folder.list = async () => (await list()).filter((name) => name !== 'document.1');
      assert.equal(await (await take()).isHeld(), true);
      assert.deepEqual([...folder.files.keys()], ['document.2']);
      assert.ok(clock.now() - monday <= 5_000);
    });
  });

  it('removes old files of other locks if there are many, and nothing else', async () => {
    const day = 24 * 3_600_000;
    for (let number = 0; number < 200; number += 1) {
      folder.files.set(`refresh-${number}.3`, clock.now() - 2 * day);
    }
    const young = ['refresh-jane.4', 'refresh-omar.1'];
    young.forEach((name) => folder.files.set(name, clock.now() - day / 2));
    folder.files.set('not ours', 0);
    folder.files.set('diagnosis-17', 0);
    for (let round = 0; round < 100; round += 1) {
      await (await take()).release();
    }
    assert.ok(folder.files.size <= 120, `${folder.files.size} files`);
    assert.deepEqual(
      [...young, 'not ours', 'diagnosis-17'].filter((name) => !folder.files.has(name)),
      [],
    );
  });

  it('lets every caller through, and logs it once, when the folder cannot be written', async () => {
    folder.broken = true;
    const lock = window();
    for (let round = 0; round < 2; round += 1) {
      const held = await clock.finish(lock.acquire('document', 60_000));
      assert.equal(await held.isHeld(), true);
      await held.release();
    }
    assert.equal(log.lines.length, 1);
  });

  it('leaves no timer behind', async () => {
    await (await take()).release();
    assert.equal(clock.waiting, 0);
  });
});
