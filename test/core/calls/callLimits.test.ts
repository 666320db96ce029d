import assert from 'node:assert/strict';
import { lutimes, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CallLimits } from '../../../src/core/calls/callLimits';
import { maxRetryAfter } from '../../../src/core/calls/serverWait';
import { sharedFolder } from '../../../src/core/base/sharedFolder';
import { FakeClock, monday } from '../../fakes/fakeClock';
import { FakeLockFolder } from '../../fakes/fakeLockFolder';
import { RecordingLog } from '../../fakes/recordingLog';

const server = 'https://auth.reltio.com';
const hour = 3_600_000;

describe('the limits of calls', () => {
  let clock: FakeClock;
  let folder: FakeLockFolder;
  let log: RecordingLog;
  beforeEach(() => {
    clock = new FakeClock();
    folder = new FakeLockFolder(clock);
    log = new RecordingLog();
  });
  const window = (): CallLimits => new CallLimits(folder, clock, log);
  const take = (limits: CallLimits, id = 'jane', period = 10_000): Promise<number> =>
    clock.finish(limits.take('refresh', period, id));

  describe('a permit for one request in ten seconds', () => {
    it('is given once over all windows, and the others get the time to wait', async () => {
      const [one, other] = [window(), window()];
      assert.equal(await take(one), 0);
      await clock.pass(3_000);
      assert.equal(await take(one), 7_000);
      assert.equal(await take(other), 7_000);
      await clock.pass(7_000);
      assert.equal(await take(other), 0);
      assert.equal(await take(one), 10_000);
    });

    it('is taken by one of many windows that try at the same instant', async () => {
      const waits = await clock.finish(
        Promise.all(Array.from({ length: 20 }, () => window().take('refresh', 10_000, 'jane'))),
      );
      assert.equal(waits.filter((wait) => wait === 0).length, 1);
      assert.ok(waits.every((wait) => wait <= 10_000));
    });

    it('is counted for each session separately', async () => {
      const limits = window();
      assert.equal(await take(limits, 'jane'), 0);
      assert.equal(await take(limits, 'omar'), 0);
      assert.equal(await clock.finish(limits.take('rejected', 10_000, 'jane')), 0);
      assert.equal(await take(limits, 'jane'), 10_000);
    });

    it('makes no caller wait longer when the clock is set back by an hour', async () => {
      const limits = window();
      await take(limits);
      clock.set(monday - hour);
      assert.ok((await take(limits)) <= 10_000);
      await clock.pass(10_000);
      assert.equal(await take(limits), 0);
      assert.equal(await take(window()), 10_000);
    });

    it('is counted by the clock of this machine: a file server has its own', async () => {
      for (const ahead of [-30_000, 30_000]) {
        const createByItsClock = folder.create.bind(folder);
        folder.create = (name, content, time = clock.now() + ahead) => createByItsClock(name, content, time);
        assert.equal(await take(window()), 0);
        await clock.pass(5_000); // the next file has another name
        assert.equal(await take(window()), 5_000);
        await clock.pass(60_000);
      }
    });

    it('is counted by each window for itself when there is no folder, or it cannot be written', async () => {
      folder.broken = true;
      for (const limits of [window(), new CallLimits(undefined, clock, log)]) {
        assert.equal(await take(limits), 0);
        await clock.pass(1_000);
        assert.equal(await take(limits), 9_000);
      }
      assert.equal(log.lines.length, 1, 'said once');
    });

    it('does not wait for a folder that hangs', async () => {
      folder.before = () => new Promise<void>(() => undefined);
      const before = clock.now();
      assert.equal(await take(window()), 0);
      assert.equal(clock.now() - before, 1_000);
    });
  });

  describe('the pace', () => {
    it('allows five in any second in all windows together', async () => {
      const windows = [window(), window(), window()];
      const times: number[] = [];
      const call = async (limits: CallLimits): Promise<void> => {
        for (let wait = await limits.pace(); wait > 0; wait = await limits.pace()) {
          await new Promise<void>((resolve) => clock.after(wait, resolve));
        }
        times.push(clock.now());
      };
      const calls = windows.flatMap((limits) => Array.from({ length: 9 }, () => call(limits)));
      await clock.finish(Promise.all(calls));
      assert.equal(times.length, 27);
      for (const time of times) {
        assert.ok(times.filter((other) => other >= time && other < time + 1_000).length <= 5);
      }
      assert.ok(Math.max(...times) - monday <= 6_000, 'and no slower than it must be');
    });
  });

  describe('a wait that a server asks for', () => {
    it('is known to every window, and to one that is opened later', async () => {
      const one = window();
      await clock.finish(one.recordWait(server, monday + 60_000));
      await clock.pass(10_000);
      for (const limits of [one, window()]) {
        assert.equal(await clock.finish(limits.requiredWait(server, Infinity)), 50_000);
        assert.equal(await clock.finish(limits.requiredWait('https://auth-dev.reltio.com')), 0);
      }
      await clock.pass(50_000);
      assert.equal(await clock.finish(window().requiredWait(server, Infinity)), 0);
    });

    it('is thrown with its end to a caller that cannot wait for so long', async () => {
      const limits = window();
      await clock.finish(limits.recordWait(server, monday + 5_000));
      assert.equal(await clock.finish(limits.requiredWait(server)), 5_000);
      await assert.rejects(clock.finish(limits.requiredWait(server, 0)), {
        code: 'rateLimited',
        host: 'auth.reltio.com',
        retryAt: monday + 5_000,
      });
    });

    it('applies for five minutes at most, whatever a file or the clock says', async () => {
      const limits = window();
      await clock.finish(limits.recordWait(server, monday + maxRetryAfter));
      clock.set(monday - hour);
      for (const one of [limits, window()]) {
        assert.equal(await clock.finish(one.requiredWait(server, Infinity)), 0);
      }
    });

    for (const [by, back] of Object.entries({ 'an hour': hour, 'two minutes': 120_000 })) {
      it(`ends for every window when the clock is set back by ${by}, and does not come back`, async () => {
        const limits = window();
        await clock.finish(limits.recordWait(server, monday + 60_000));
        clock.set(monday - back);
        const other = window();
        for (const passed of [0, back - 1_000, 2_000]) {
          await clock.pass(passed);
          for (const one of [limits, other, window()]) {
            assert.equal(await clock.finish(one.requiredWait(server, Infinity)), 0);
          }
        }
      });
    }
  });

  it('keeps the folder clean: removes old files, and files too far in the future', async () => {
    const limits = window();
    for (let round = 0; round < 500; round += 1) {
      folder.files.set(`pace-0123456789abcdef.${monday - hour - round}`, monday);
      folder.files.set(`wait-0123456789abcdef.${monday + hour + round}`, monday);
    }
    const strange = [
      'pace',
      'pace-0123456789abcdef.',
      'pace-0123456789abcdef.1e15',
      '.DS_Store',
      '🗝.7',
      'a'.repeat(255),
    ];
    strange.forEach((name) => folder.files.set(name, monday));
    for (let call = 0; call < 12; call += 1) {
      await clock.finish(limits.requiredWait(server, Infinity));
      await clock.pass(1_000);
    }
    assert.deepEqual([...folder.files.keys()].sort(), strange.toSorted(), 'what is not ours is left alone');
  });

  it('uses file names that do not reveal the session or server', async () => {
    const limits = window();
    const id = '../../etc/passwd 7f3c\u0000\uD800';
    assert.equal(await take(limits, id), 0);
    await clock.finish(limits.recordWait(server, monday + 1));
    for (const name of folder.files.keys()) {
      assert.match(name, /^(refresh|wait)-[\da-f]{16}\.\d{13}$/);
    }
  });

  describe('on a disk', () => {
    let path: string;
    beforeEach(async () => {
      path = join(await mkdtemp(join(tmpdir(), 'reltio-calls-')), 'calls');
      clock.set(Date.now());
    });
    afterEach(() => rm(join(path, '..'), { recursive: true, force: true }));
    const onDisk = (): CallLimits =>
      new CallLimits(sharedFolder(path), { ...clock, after: () => () => undefined }, log);

    it('is counted over all windows, and starts again when the folder was removed', async () => {
      assert.equal(await onDisk().take('refresh', 10_000, 'jane'), 0);
      assert.ok((await onDisk().take('refresh', 10_000, 'jane')) > 9_000);
      await onDisk().recordWait(server, clock.now() + 60_000);
      assert.equal(await onDisk().requiredWait(server, Infinity), 60_000);
      await rm(path, { recursive: true });
      assert.equal(await onDisk().take('refresh', 10_000, 'jane'), 0);
      assert.equal(await onDisk().requiredWait(server, Infinity), 0);
      assert.equal(log.lines.length, 0);
    });

    it('works despite folders, links and files in its way', async () => {
      await onDisk().take('refresh', 10_000, 'jane');
      const [name = ''] = await readdir(path);
      await rm(join(path, name));
      await symlink('/nowhere', join(path, name));
      await lutimes(join(path, name), clock.now() / 1_000, clock.now() / 1_000);
      const wait = await onDisk().take('refresh', 10_000, 'jane');
      assert.ok(wait > 0 && wait <= 10_000, 'this one is taken, and the next is not');
      await mkdir(join(path, `${name}9`));
      await writeFile(join(path, 'wait-'), '');
      await clock.pass(wait);
      assert.equal(await onDisk().take('refresh', 10_000, 'jane'), 0);
    });

    it('counts in one window when there can be no folder', async () => {
      await writeFile(path, 'a file is in its place');
      const limits = onDisk();
      assert.equal(await limits.take('refresh', 10_000, 'jane'), 0);
      assert.ok((await limits.take('refresh', 10_000, 'jane')) > 0);
      await limits.recordWait(server, clock.now() + 60_000);
      assert.equal(await limits.requiredWait(server, Infinity), 60_000);
    });
  });
});
