import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEntry, sealEntry } from '../../../src/core/journal/journalFiles';
import { openJournal } from '../../../src/core/journal/openJournal';
import { sampleTokens } from '../../fakes/sampleSession';

describe('the journal', () => {
  const tokens = sampleTokens({ accessToken: 'access-93f2', refreshToken: 'refresh-93f2' });
  let top: string;
  let folder: string;
  beforeEach(async () => {
    top = await mkdtemp(join(tmpdir(), 'reltio-auth-journal-'));
    folder = join(top, 'journal');
  });
  afterEach(() => rm(top, { recursive: true }));
  const path = async (): Promise<string> => join(folder, (await readdir(folder))[0] ?? '');
  const content = async (): Promise<Buffer> => readFile(await path());
  const modeOf = async (file: string): Promise<number> => (await stat(file)).mode & 0o777;

  it('returns an entry, until it is removed, for the refresh token that it replaced', async () => {
    const journal = openJournal(folder);
    await journal.put('jane', 'r0', tokens);
    assert.deepEqual(await openJournal(folder).find('jane', 'r0'), tokens);
    assert.deepEqual(await journal.find('jane', 'r0'), tokens);
    await journal.remove('jane');
    await journal.remove('jane');
    assert.equal(await journal.find('jane', 'r0'), 'nothing');
    assert.deepEqual(await readdir(folder), []);
  });

  it('returns none for another refresh token or session, and removes nothing when it is read', async () => {
    const journal = openJournal(folder);
    await journal.put('jane', 'r0', tokens);
    const [name = ''] = await readdir(folder);
    assert.equal(await journal.find('jane', 'r1'), 'other');
    await journal.put('omar', 'r9', tokens);
    const omars = (await readdir(folder)).find((other) => other !== name) ?? '';
    await fs.copyFile(join(folder, name), join(folder, omars)); // both accounts may have been given the same token
    assert.equal(await journal.find('omar', 'r0'), 'other');
    assert.equal((await readdir(folder)).length, 2);
  });

  it('shows nothing of its tokens, and no two entries look alike', async () => {
    const journal = openJournal(folder);
    await journal.put('jane', 'r0', tokens);
    const first = await content();
    await journal.put('jane', 'r0', tokens);
    const second = await content();
    for (const secret of ['access-93f2', 'refresh-93f2', 'r0"']) {
      assert.equal(first.includes(secret), false);
    }
    assert.equal(first.equals(second), false);
    assert.equal(first.subarray(0, 16).equals(second.subarray(0, 16)), false);
  });

  // Windows has no modes.
  if (process.platform !== 'win32') {
    it('can be read by its user only, even in a folder that others could read', async () => {
      await mkdir(folder, { mode: 0o755 });
      await chmod(folder, 0o777);
      await openJournal(folder).put('jane', 'r0', tokens);
      assert.deepEqual([await modeOf(folder), await modeOf(await path())], [0o700, 0o600]);
    });
  }

  it('has a file for every id, whatever it contains', async () => {
    const journal = openJournal(folder);
    const ids = [
      'jane',
      'JANE',
      '..',
      '../omar',
      '',
      '\0',
      'con',
      'x'.repeat(5_000),
      '\ud800',
      '\ud801',
      'é',
      'e\u0301',
    ];
    for (const [index, id] of ids.entries()) {
      await journal.put(id, 'r0', { ...tokens, accessToken: `a${index}` });
    }
    for (const [index, id] of ids.entries()) {
      assert.deepEqual(await journal.find(id, 'r0'), { ...tokens, accessToken: `a${index}` });
    }
    assert.equal(new Set((await readdir(folder)).map((name) => name.toLowerCase())).size, ids.length);
  });

  it('follows no link, neither when it writes nor when it reads', async () => {
    const journal = openJournal(folder);
    const precious = join(top, 'precious');
    await writeFile(precious, 'as it was');
    await journal.put('jane', 'r0', tokens);
    const file = await path();
    await rm(file);
    await symlink(precious, file);
    await symlink(precious, `${file}.new`); // the draft's name of an earlier version
    await assert.rejects(journal.find('jane', 'r0'), { code: 'journalUnreadable', nodeCode: 'ELOOP' });
    await journal.put('jane', 'r0', tokens);
    assert.equal(await readFile(precious, 'utf8'), 'as it was');
    assert.deepEqual(await journal.find('jane', 'r0'), tokens);
  });

  it('leaves no draft behind, and removes old ones', async () => {
    const journal = openJournal(folder);
    await mkdir(folder);
    const [old, young] = [join(folder, `a.${'0'.repeat(16)}.new`), join(folder, `a.${'1'.repeat(16)}.new`)];
    await writeFile(old, 'half');
    await utimes(old, 1, 1);
    await writeFile(young, 'half');
    await journal.put('jane', 'r0', tokens);
    assert.equal((await readdir(folder)).length, 2);
    await assert.rejects(readFile(old), { code: 'ENOENT' });
    const blocked = join(top, 'blocked');
    await openJournal(blocked).put('jane', 'r0', tokens);
    const [name = ''] = await readdir(blocked);
    await rm(join(blocked, name));
    await mkdir(join(blocked, name, 'in the way'), { recursive: true });
    await assert.rejects(openJournal(blocked).put('jane', 'r0', tokens));
    assert.deepEqual(await readdir(blocked), [name]);
  });

  describe('when its file cannot be read', () => {
    const { open } = fs;
    afterEach(() => {
      fs.open = open;
    });

    for (const code of ['EMFILE', 'ENFILE', 'EBUSY', 'EPERM', 'EACCES', 'EIO', 'ESTALE', 'EAGAIN']) {
      it(`with ${code}, keeps it and throws`, async () => {
        const journal = openJournal(folder);
        await journal.put('jane', 'r0', tokens);
        fs.open = () => Promise.reject(Object.assign(new Error(code), { code }));
        await assert.rejects(journal.find('jane', 'r0'), { code: 'journalUnreadable', nodeCode: code });
        fs.open = open;
        assert.deepEqual(await journal.find('jane', 'r0'), tokens);
      });
    }

    it('because it is a folder, or longer than any entry, keeps it and throws', async () => {
      const journal = openJournal(folder);
      await journal.put('jane', 'r0', tokens);
      const file = await path();
      await fs.truncate(file, 2_000_000);
      await assert.rejects(journal.find('jane', 'r0'), { code: 'journalUnreadable' });
      await rm(file);
      await mkdir(file);
      await assert.rejects(journal.find('jane', 'r0'), { code: 'journalUnreadable' });
      assert.equal((await readdir(folder)).length, 1);
    });

    it('because only a newer version can read it, keeps it and throws', async () => {
      const journal = openJournal(folder);
      await journal.put('jane', 'r0', tokens);
      await writeFile(await path(), sealEntry({ shape: 'new' } as never, 'jane', 'r0'));
      await assert.rejects(journal.find('jane', 'r0'), { code: 'journalUnreadable' });
    });
  });

  it('has nothing if there is no folder, or a file in its place', async () => {
    assert.equal(await openJournal(folder).find('jane', 'r0'), 'nothing');
    await writeFile(folder, '');
    assert.equal(await openJournal(folder).find('jane', 'r0'), 'nothing');
  });

  it('opens only what it sealed, unchanged', () => {
    const sealed = sealEntry(tokens, 'jane', 'r0');
    assert.deepEqual(openEntry(sealed, 'jane', 'r0'), tokens);
    for (let index = 0; index < sealed.length; index += 1) {
      const changed = Buffer.from(sealed);
      changed[index] = (changed[index] ?? 0) ^ 1;
      assert.equal(openEntry(changed, 'jane', 'r0'), 'other', `byte ${index}`);
    }
    for (const length of [0, 1, 16, 28, 43, 44, 45, sealed.length - 1]) {
      assert.equal(openEntry(sealed.subarray(0, length), 'jane', 'r0'), 'other', `${length} bytes`);
    }
    assert.equal(openEntry(Buffer.concat([sealed, Buffer.alloc(1)]), 'jane', 'r0'), 'other');
  });
});
