import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { stateFile } from '../../../src/core/storage/stateFile';

const run = promisify(execFile);

describe('stateFile', () => {
  const state = { storeId: 'store', revision: 3, sessions: 1 };
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'reltio-auth-state-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('says `missing` if no user ever signed in, even if there is no folder yet', async () => {
    assert.equal(await stateFile(folder).read(), 'missing');
    assert.equal(await stateFile(join(folder, 'not', 'yet')).read(), 'missing');
  });

  it('makes the folder and reads back what it wrote', async () => {
    const deep = join(folder, 'not', 'yet');
    await stateFile(deep).write(state);
    assert.deepEqual(await stateFile(deep).read(), state);
    await stateFile(deep).write({ ...state, revision: 4 });
    assert.deepEqual(await stateFile(deep).read(), { ...state, revision: 4 });
    assert.deepEqual(await readdir(deep), ['state.json']);
  });

  it('can be read by its user only', async function () {
    if (process.platform !== 'win32') {
      await stateFile(folder).write(state);
      assert.equal((await stat(join(folder, 'state.json'))).mode & 0o077, 0);
    }
  });

  it('holds store id, revision and number, nothing else', async () => {
    await stateFile(folder).write(state);
    assert.deepEqual(JSON.parse(await readFile(join(folder, 'state.json'), 'utf8')), state);
  });

  for (const text of [
    '',
    'garbage',
    '{"storeId":"x"',
    '[]',
    'null',
    '{"storeId":1,"revision":1,"sessions":1}',
    '{"storeId":"x","revision":1e999,"sessions":1}',
    '{}',
  ]) {
    it(`says "unknown" if it holds ${JSON.stringify(text)}`, async () => {
      await writeFile(join(folder, 'state.json'), text);
      assert.equal(await stateFile(folder).read(), 'unknown');
    });
  }

  it('says `unknown`, and does not throw, if the folder is a file', async () => {
    await writeFile(join(folder, 'file'), '');
    const broken = stateFile(join(folder, 'file'));
    assert.equal(await broken.read(), 'unknown');
    await broken.write(state);
  });

  it('says `unknown` if it is missing from a folder that cannot be written', async function () {
    if (process.getuid?.() === 0) {
      const broken = stateFile('/proc/self'); // nothing can be made there, not even by root
      await broken.write(state);
      assert.equal(await broken.read(), 'unknown');
      return;
    }
    await chmod(folder, 0o500);
    await stateFile(folder).write(state);
    assert.equal(await stateFile(folder).read(), 'unknown');
    await chmod(folder, 0o700);
  });

  // Other systems have paths of another length.
  if (process.platform === 'linux') {
    it('is overwritten if no draft can be created beside it', async () => {
      const longestPath = 4_095;
      let deep = folder;
      for (let left = Infinity; left > 2;) {
        left = longestPath - join(deep, 'x', 'state.json').length;
        deep = join(deep, 'x'.repeat(Math.min(200, left)));
        await mkdir(deep);
        left = longestPath - join(deep, 'x', 'state.json').length;
      }
      await writeFile(join(deep, 'state.json'), JSON.stringify({ ...state, sessions: 0 }));
      await stateFile(deep).write(state);
      assert.deepEqual(await stateFile(deep).read(), state);
    });
  }

  // Only Linux has a disk that is full whenever one likes.
  if (process.platform === 'linux') {
    it('does not say that there is nothing if it could not be written since', async () => {
      const script = `
      const { stateFile } = require(${JSON.stringify(join(__dirname, '../../../src/core/storage/stateFile'))});
      const file = stateFile(process.argv[1]);
      file.write({ storeId: 'store', revision: 3, sessions: 1 }).then(() => file.read()).then((read) => console.log(read));`;
      await writeFile(join(folder, 'state.json'), JSON.stringify({ ...state, sessions: 0 }));
      // No file may grow beyond 0 bytes: what a full disk does to a file that is written.
      const limited = `ulimit -f 0; trap '' XFSZ; exec "$0" --import tsx -e "$1" "$2"`;
      const { stdout } = await run('bash', ['-c', limited, process.execPath, script, folder]);
      assert.equal(stdout.trim(), 'unknown');
      assert.deepEqual(await readdir(folder), ['state.json']);
    }).timeout(60_000);

    it('follows no link, neither as a draft nor as the file itself', async () => {
      const precious = join(folder, 'precious');
      await writeFile(precious, JSON.stringify(state));
      await symlink(precious, join(folder, 'state.json'));
      await symlink(precious, join(folder, `state.json.${process.pid}`)); // the draft of an earlier version
      assert.equal(await stateFile(folder).read(), 'unknown');
      await stateFile(folder).write({ ...state, revision: 9 });
      assert.deepEqual(await stateFile(folder).read(), { ...state, revision: 9 });
      assert.deepEqual(JSON.parse(await readFile(precious, 'utf8')), state);
    });
  }

  // Windows has no modes.
  if (process.platform !== 'win32') {
    it('makes its folder private, even one that others could read', async () => {
      await chmod(folder, 0o777);
      await stateFile(folder).write(state);
      assert.equal((await stat(folder)).mode & 0o777, 0o700);
    });
  }

  it('removes old drafts, once', async () => {
    const draft = join(folder, `state.json.${'0'.repeat(16)}.new`);
    await writeFile(draft, 'half');
    await utimes(draft, 1, 1);
    await stateFile(folder).write(state);
    assert.deepEqual(await readdir(folder), ['state.json']);
  });

  it('says `unknown` if there is no file system', async () => {
    await stateFile(undefined).write(state);
    assert.equal(await stateFile(undefined).read(), 'unknown');
  });

  it('is never read half-written', async () => {
    const file = stateFile(folder);
    await file.write(state);
    const reads: unknown[] = [];
    for (let revision = 0; revision < 100; revision += 1) {
      await Promise.all([file.write({ ...state, revision }), file.read().then((read) => reads.push(read))]);
    }
    assert.ok(reads.every((read) => typeof read === 'object'));
  });
});
