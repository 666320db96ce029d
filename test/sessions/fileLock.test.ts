import assert from 'node:assert/strict';
import type { Clock } from '../../src/sessions/clock';
import { FileLock } from '../../src/sessions/fileLock';
import type { HeldLock } from '../../src/sessions/ports';
import { FakeClock } from './fakeClock';
import { FakeLockFolder } from './fakeLockFolder';
import { FakeRandom } from './fakeRandom';
import { RecordingLog } from './recordingLog';

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
    assert.ok(held !== undefined, 'the lock was taken');
    return held;
  };

  it('is taken at once when free, and says whose it is', async () => {
    const held = await take();
    assert.equal(await held.isHeld(), true);
    assert.deepEqual([...folder.files.keys()], ['document.1']);
  });

  it('comes to a waiter within moments of its release', async () => {
    const held = await take();
    const waiting = window().acquire('document', 60_000);
    await clock.pass(2_000);
    await held.release();
    const released = clock.now();
    const next = await clock.finish(waiting);
    assert.ok(next !== undefined && clock.now() - released <= 200, `${clock.now() - released} ms`);
    assert.equal(await held.isHeld(), false);
  });

  it('stays with a holder that lives, however long it works', async () => {
    const held = await take();
    assert.equal(await clock.finish(window().acquire('document', 120_000)), undefined);
    assert.equal(await held.isHeld(), true);
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
    assert.equal(await next.isHeld(), true, 'who lost it can no longer free it');
  });

  it('is lost to a sleep even when nobody took it', async () => {
    const held = await take();
    clock.set(clock.now() + 8 * 3_600_000);
    assert.equal(await held.isHeld(), false);
    await clock.pass(2_000);
    assert.equal(await held.isHeld(), false, 'and does not come back');
  });

  it('is taken over once, whatever the number of waiters', async () => {
    folder.files.set('document.7', clock.now() - 60_000);
    const waiting = Array.from({ length: 6 }, () => window().acquire('document', 1_000));
    const held = await clock.finish(Promise.all(waiting));
    assert.equal(held.filter((one) => one !== undefined).length, 1);
  });

  it('is not taken by a waiter that slept over the numbers, when its old number is free again', async () => {
    folder.files.set('document.1', clock.now() - 60_000);
    let isFirst = true;
    folder.before = (call) => {
      if (call === 'create' && isFirst) {
        isFirst = false;
        folder.files.clear();
        folder.files.set('document.40', clock.now()); // forty turns passed since it listed the folder
      }
    };
    assert.equal(await clock.finish(window().acquire('document', 1_000)), undefined);
    assert.deepEqual([...folder.files.keys()], ['document.40']);
  });

  it('is not taken by a waiter that slept over the question when it was last touched', async () => {
    const held = await take();
    const answered = folder.touchedAt.bind(folder);
    folder.touchedAt = async (name) => {
      const answer = await answered(name);
      folder.touchedAt = answered;
      await new Promise<void>((resolve) => clock.after(4_500, resolve)); // the holder goes on touching
      return answer;
    };
    const waiting = window().acquire('document', 6_000);
    assert.equal(await clock.finish(waiting), undefined);
    assert.equal(await held.isHeld(), true);
  });

  it('frees itself although the clock was set back', async () => {
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
    for (let turn = 0; turn < 50; turn += 1) {
      await (await take()).release();
    }
    assert.ok(folder.files.size <= 17, `${folder.files.size} files`);
  });

  it('is one of many, by name', async () => {
    await take(window(), 'refresh-../../jane');
    await take(window(), 'refresh-john');
    assert.deepEqual([...folder.files.keys()], ['refresh-______jane.1', 'refresh-john.1']);
  });

  it('lets everybody through, and says so once, where the folder cannot be written', async () => {
    folder.broken = true;
    const lock = window();
    assert.equal(await (await take(lock)).isHeld(), true);
    await (await take(lock)).release();
    assert.equal(log.lines.length, 1);
  });

  it('leaves no timer behind', async () => {
    await (await take()).release();
    assert.equal(clock.waiting, 0);
  });
});
