import assert from 'node:assert/strict';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lockFolder } from '../../src/sessions/lockFolder';

describe('the folder of the locks', () => {
  let folder: string;
  beforeEach(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'reltio-locks-')), 'not', 'yet', 'there');
  });
  afterEach(() => rm(join(folder, '../../..'), { recursive: true, force: true }));

  it('is made when first looked at', async () => {
    assert.deepEqual(await lockFolder(folder).list(), []);
    assert.equal(await lockFolder(folder).create('document.1', ''), true);
    assert.deepEqual(await lockFolder(folder).list(), ['document.1']);
  });

  it('is made again where it was removed between a look and the next file', async () => {
    const files = lockFolder(folder);
    await files.list();
    await rm(folder, { recursive: true });
    assert.equal(await files.create('document.18', ''), true);
    assert.deepEqual(await files.list(), ['document.18']);
  });

  it('lets one of many create a file', async () => {
    await lockFolder(folder).list();
    const made = await Promise.all(Array.from({ length: 20 }, () => lockFolder(folder).create('document.1', 'x')));
    assert.equal(made.filter(Boolean).length, 1);
  });

  it('remembers when a file was touched, to the millisecond', async () => {
    const files = lockFolder(folder);
    await files.list();
    await files.create('document.1', '');
    await files.touch('document.1', 1_790_000_000_123);
    assert.equal(Math.round((await files.touchedAt('document.1')) ?? 0), 1_790_000_000_123);
  });

  it('takes a missing file as it is', async () => {
    const files = lockFolder(folder);
    await files.list();
    assert.equal(await files.touchedAt('document.1'), undefined);
    await files.remove('document.1');
  });

  it('reports anything else', async function () {
    if (process.platform === 'win32' || process.getuid?.() === 0) {
      await assert.rejects(lockFolder(join(__filename, 'in a file')).list(), { code: 'ENOTDIR' });
      return;
    }
    await lockFolder(folder).list();
    await chmod(folder, 0o500);
    await assert.rejects(lockFolder(folder).create('document.1', ''), { code: 'EACCES' });
  });
});
