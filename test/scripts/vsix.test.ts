import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { removeFolder, temporaryFolder } from '../../scripts/folders';
import { packProduct } from '../../scripts/vsix';

describe('the package', function () {
  this.timeout(60_000);
  let folder: string;
  before(() => {
    folder = temporaryFolder('vsix');
  });
  after(() => {
    removeFolder(folder);
  });

  async function pack(name: string, umask: number, env: Record<string, string>): Promise<Buffer> {
    const before = { umask: process.umask(umask), env: { ...process.env } };
    try {
      Object.assign(process.env, env);
      return readFileSync((await packProduct(join(folder, `${name}.vsix`), join(folder, name))).file);
    } finally {
      process.umask(before.umask);
      process.env = before.env;
    }
  }

  it('has the same bytes whoever packs it, wherever and whenever', async () => {
    const one = await pack('one', 0o022, { TZ: 'America/Los_Angeles', LANG: 'en_US.UTF-8' });
    const other = await pack('other', 0o077, { TZ: 'Asia/Tokyo', LANG: 'cs_CZ.UTF-8', LC_ALL: 'cs_CZ.UTF-8' });
    assert.ok(one.length > 100_000);
    assert.ok(one.equals(other), 'the two packs differ');
  });
});
