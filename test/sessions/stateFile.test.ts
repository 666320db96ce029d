import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stateFile } from '../../src/sessions/stateFile';

describe('stateFile', () => {
  const state = { storeId: 'store', revision: 3, sessions: 1 };
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'reltio-auth-state-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('says missing where nobody ever signed in, also where the folder is not there yet', async () => {
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

  it('is for the person alone', async function () {
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
    it(`cannot tell when it holds ${JSON.stringify(text)}`, async () => {
      await writeFile(join(folder, 'state.json'), text);
      assert.equal(await stateFile(folder).read(), 'unknown');
    });
  }

  it('cannot tell, and throws nothing, where the folder is no folder', async () => {
    await writeFile(join(folder, 'file'), '');
    const broken = stateFile(join(folder, 'file'));
    assert.equal(await broken.read(), 'unknown');
    await broken.write(state);
  });

  it('cannot tell where it is missing from a folder that cannot be written', async function () {
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

  it('cannot tell that there is nothing where nothing could be written since', async () => {
    await writeFile(join(folder, 'state.json'), JSON.stringify({ ...state, sessions: 0 }));
    await mkdir(join(folder, `state.json.${process.pid}`)); // as when the disk is full: the draft cannot be made
    await stateFile(folder).write(state);
    assert.equal(await stateFile(folder).read(), 'unknown');
  });

  it('cannot tell where there is no file system', async () => {
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
