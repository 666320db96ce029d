import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, rm, stat, symlink, lutimes, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { systemClock } from '../../../src/core/base/clock';
import { FileLock } from '../../../src/core/locking/fileLock';
import { sharedFolder } from '../../../src/core/base/sharedFolder';
import type { HeldLock } from '../../../src/core/locking/lock';
import { RecordingLog } from '../../fakes/recordingLog';

const run = promisify(execFile);

describe('the folder of the locks', () => {
  let folder: string;
  beforeEach(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'reltio-locks-')), 'not', 'yet', 'there');
  });
  afterEach(() => rm(join(folder, '../../..'), { recursive: true, force: true }));

  it('is created at first use', async () => {
    assert.deepEqual(await sharedFolder(folder).list(), []);
    assert.equal(await sharedFolder(folder).create('document.1', 'x'), true);
    assert.deepEqual(await sharedFolder(folder).list(), ['document.1']);
  });

  it('is created again when it was removed before the next file', async () => {
    const files = sharedFolder(folder);
    await files.list();
    await rm(folder, { recursive: true });
    assert.equal(await files.create('document.18', ''), true);
    assert.deepEqual(await files.list(), ['document.18']);
  });

  it('lets one of many create a file', async () => {
    await sharedFolder(folder).list();
    const made = await Promise.all(Array.from({ length: 20 }, () => sharedFolder(folder).create('document.1', 'x')));
    assert.equal(made.filter(Boolean).length, 1);
  });

  it('remembers when a file was touched, to the millisecond', async () => {
    const files = sharedFolder(folder);
    await files.list();
    await files.create('document.1', 'x');
    await files.touch('document.1', 1_790_000_000_123);
    assert.equal(Math.round((await files.touchedAt('document.1')) ?? 0), 1_790_000_000_123);
  });

  it('accepts a missing file', async () => {
    const files = sharedFolder(folder);
    await files.list();
    assert.equal(await files.touchedAt('document.1'), undefined);
    await files.remove('document.1');
  });

  // Windows has no modes.
  if (process.platform !== 'win32') {
    it('is private, and so is every file in it, even if it was not before', async () => {
      await mkdir(folder, { recursive: true });
      await chmod(folder, 0o777);
      const files = sharedFolder(folder);
      await files.list();
      await files.create('document.1', 'x');
      const modes = await Promise.all([folder, join(folder, 'document.1')].map(async (one) => (await stat(one)).mode));
      assert.deepEqual(
        modes.map((mode) => mode & 0o777),
        [0o700, 0o600],
      );
    });
  }

  it('keeps the given time, whatever the clock of its disk says', async () => {
    const files = sharedFolder(folder);
    await files.list();
    await files.create('document.1', '', 1_790_000_000_123);
    assert.equal(Math.round((await files.touchedAt('document.1')) ?? 0), 1_790_000_000_123);
  });

  it('follows no link: it returns the time of the link and touches no other file', async () => {
    const files = sharedFolder(folder);
    await files.list();
    const precious = join(folder, 'precious');
    await writeFile(precious, '');
    await utimes(precious, 1, 1);
    await symlink(precious, join(folder, 'document.1'));
    await symlink('nowhere', join(folder, 'document.2'));
    assert.ok(((await files.touchedAt('document.1')) ?? 0) > 1_000_000);
    assert.ok(((await files.touchedAt('document.2')) ?? 0) > 1_000_000);
    await files.touch('document.1', 1_790_000_000_123);
    assert.equal((await stat(precious)).mtimeMs, 1_000);
    assert.equal(await files.create('document.2', ''), false);
  });

  // Only Linux has a disk that is full whenever one likes.
  if (process.platform === 'linux') {
    it('takes a lock on a full disk, as long as a file can be created', async () => {
      const script = `
      const { sharedFolder } = require(${JSON.stringify(join(__dirname, '../../../src/core/base/sharedFolder'))});
      const files = sharedFolder(process.argv[1]);
      files.list().then(() => files.create('document.1', 'x')).then((made) => console.log(made));`;
      // No file may grow beyond 0 bytes: what a full disk does to a file that is written.
      const limited = `ulimit -f 0; trap '' XFSZ; exec "$0" --import tsx -e "$1" "$2"`;
      const { stdout } = await run('bash', ['-c', limited, process.execPath, script, folder]);
      assert.equal(stdout.trim(), 'true');
      assert.equal((await stat(join(folder, 'document.1'))).size, 0);
    }).timeout(60_000);

    describe('with a lock in it', () => {
      const log = new RecordingLog();
      const take = async (): Promise<HeldLock> => {
        const random = { id: randomUUID, fraction: Math.random };
        return await new FileLock(sharedFolder(folder), systemClock, random, log).acquire('document', 60_000);
      };
      beforeEach(() => {
        log.lines.length = 0;
      });

      it('lists it beside a folder, a broken link and odd names', async () => {
        await mkdir(join(folder, 'document.7'), { recursive: true });
        await symlink('nowhere', join(folder, 'document.9'));
        await mkdir(join(folder, 'document.9007199254740991'));
        for (const name of ['document.1e15', 'document.0x10', 'document. 7', 'document.012']) {
          await writeFile(join(folder, name), '');
        }
        for (const name of await readdir(folder)) {
          await lutimes(join(folder, name), 1, 1);
        }
        for (const file of ['document.10', 'document.11']) {
          const held = await take();
          assert.deepEqual([await held.isHeld(), (await readdir(folder)).includes(file)], [true, true]);
          await held.release();
        }
        assert.deepEqual(log.lines, []);
      });

      it('starts its numbers over after the last one, and works without a lock when that file stays', async () => {
        const last = join(folder, 'document.999999999999999');
        await mkdir(folder, { recursive: true });
        await writeFile(last, '');
        await lutimes(last, 1, 1);
        const held = await take();
        assert.deepEqual(await readdir(folder), ['document.1']);
        await held.release();
        await mkdir(last);
        await lutimes(last, 1, 1);
        assert.equal(await (await take()).isHeld(), true);
        assert.equal(log.lines.length, 1);
      });

      it('works without a lock when a file is in its place, and logs why', async () => {
        await mkdir(join(folder, '..'), { recursive: true });
        await writeFile(folder, '');
        assert.equal(await (await take()).isHeld(), true);
        assert.match(log.text, /lock: files cannot be made.*ENOTDIR/);
      });
    });
  }

  it('reports anything else', async function () {
    if (process.platform === 'win32' || process.getuid?.() === 0) {
      await assert.rejects(sharedFolder(join(__filename, 'in a file')).list(), { code: 'ENOTDIR' });
      return;
    }
    await sharedFolder(folder).list();
    await chmod(folder, 0o500);
    await assert.rejects(sharedFolder(folder).create('document.1', 'x'), { code: 'EACCES' });
  });
});
