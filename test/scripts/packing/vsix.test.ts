import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { command } from '../../../scripts/process/command';
import { childEnvironment } from '../../../scripts/process/environment';
import { removeFolder, ROOT, temporaryFolder } from '../../../scripts/process/folders';

describe('the package', function () {
  this.timeout(60_000);
  let folder: string;
  before(() => {
    folder = temporaryFolder('vsix');
  });
  after(() => {
    removeFolder(folder);
  });

  /** Runs in a separate process, because the bundler keeps the umask that it was started with. */
  async function pack(name: string, umask: string, env: NodeJS.ProcessEnv): Promise<Buffer> {
    const file = join(folder, `${name}.vsix`);
    const program =
      `process.umask(${umask});` +
      `require(${JSON.stringify(join(ROOT, 'scripts/packing/vsix.ts'))})` +
      `.packProduct(${JSON.stringify(file)}, ${JSON.stringify(join(folder, name))})`;
    await command(process.execPath, ['--import', 'tsx', '--eval', program], { cwd: ROOT, env: childEnvironment(env) });
    return readFileSync(file);
  }

  it('has the same bytes for every user, time zone and time', async () => {
    const one = await pack('one', '0o022', { TZ: 'America/Los_Angeles', LANG: 'en_US.UTF-8' });
    const other = await pack('other', '0o077', { TZ: 'Asia/Tokyo', LANG: 'cs_CZ.UTF-8', LC_ALL: 'cs_CZ.UTF-8' });
    assert.ok(one.length > 100_000);
    assert.ok(one.equals(other), 'the two packages differ');
  });
});
