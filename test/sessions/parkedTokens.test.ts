import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parkedTokens } from '../../src/sessions/parkedTokens';
import { sampleTokens } from './sampleSession';

describe('parked tokens', () => {
  const tokens = sampleTokens({ accessToken: 'access-93f2', refreshToken: 'refresh-93f2' });
  let folder: string;
  beforeEach(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'reltio-auth-parked-')), 'parked');
  });
  afterEach(() => rm(join(folder, '..'), { recursive: true }));
  const content = async (): Promise<Buffer> => readFile(join(folder, (await readdir(folder))[0] ?? ''));

  it('come back, until they are removed, for the refresh token that they were got with', async () => {
    const parked = parkedTokens(folder);
    await parked.put('jane', 'r0', tokens);
    assert.deepEqual(await parkedTokens(folder).find('jane', 'r0'), tokens);
    assert.deepEqual(await parked.find('jane', 'r0'), tokens);
    await parked.remove('jane');
    await parked.remove('jane');
    assert.equal(await parked.find('jane', 'r0'), undefined);
    assert.deepEqual(await readdir(folder), []);
  });

  it('are of no use, and gone, for any other', async () => {
    const parked = parkedTokens(folder);
    await parked.put('jane', 'r0', tokens);
    assert.equal(await parked.find('jane', 'r1'), undefined);
    assert.deepEqual(await readdir(folder), []);
  });

  it('show nothing of themselves, and never look alike', async () => {
    const parked = parkedTokens(folder);
    await parked.put('jane', 'r0', tokens);
    const first = await content();
    await parked.put('jane', 'r0', tokens);
    const second = await content();
    for (const secret of ['access-93f2', 'refresh-93f2', 'r0"']) {
      assert.equal(first.includes(secret), false);
    }
    assert.equal(first.equals(second), false);
    assert.equal(first.subarray(0, 16).equals(second.subarray(0, 16)), false);
  });

  it('are for the person alone, one file for each session', async () => {
    const parked = parkedTokens(folder);
    await parked.put('jane', 'r0', tokens);
    await parked.put('../omar', 'r0', tokens);
    await parked.put('jane', 'r0', tokens);
    const files = await readdir(folder);
    assert.equal(files.length, 2);
    if (process.platform !== 'win32') {
      for (const file of files) {
        assert.equal((await stat(join(folder, file))).mode & 0o077, 0);
      }
    }
  });

  it('that somebody changed are refused', async () => {
    const parked = parkedTokens(folder);
    await parked.put('jane', 'r0', tokens);
    const changed = await content();
    changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
    await writeFile(join(folder, 'jane'), changed);
    assert.equal(await parked.find('jane', 'r0'), undefined);
    await writeFile(join(folder, 'jane'), 'short');
    assert.equal(await parked.find('jane', 'r0'), undefined);
  });

  it('are none where there is no folder', async () => {
    assert.equal(await parkedTokens(folder).find('jane', 'r0'), undefined);
  });
});
