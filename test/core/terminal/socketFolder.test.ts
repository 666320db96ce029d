import assert from 'node:assert/strict';
import { chmodSync, chownSync, lstatSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { socketFolder } from '../../../src/core/terminal/socketFolder';

const nobody = 65534;

if (process.platform !== 'win32') {
  describe('the folder of the sockets', () => {
    const uid = process.getuid?.();
    const name = `reltio-auth-${uid}`;
    let root: string;
    let one: string;
    let other: string;

    beforeEach(() => {
      root = mkdtempSync(join(tmpdir(), 'r-'));
      [one, other] = [join(root, 'one'), join(root, 'other')];
      mkdirSync(one, { mode: 0o700 });
      mkdirSync(other, { mode: 0o700 });
    });

    afterEach(() => {
      rmSync(root, { recursive: true, force: true });
    });

    const folder = (...parents: string[]): Promise<string> =>
      socketFolder({ platform: process.platform, uid, parents: parents.length === 0 ? [one, other] : parents });

    it('is made for this user alone, in the first place that there is', async () => {
      assert.equal(await folder(join(root, 'missing'), one, other), join(one, name));
      const { mode, uid: owner } = lstatSync(join(one, name));
      assert.equal(mode & 0o777, 0o700);
      assert.equal(owner, uid);
    });

    it('is the same at each start', async () => {
      const first = await folder();
      writeFileSync(join(first, 'x.sock'), '');
      assert.equal(await folder(), first);
    });

    it('is closed to others if it was open', async () => {
      mkdirSync(join(one, name));
      chmodSync(join(one, name), 0o777);
      assert.equal(await folder(), join(one, name));
      assert.equal(lstatSync(join(one, name)).mode & 0o777, 0o700);
    });

    it('is never behind a link, and what the link leads to stays as it is', async () => {
      mkdirSync(join(root, 'target'), { mode: 0o755 });
      symlinkSync(join(root, 'target'), join(one, name));
      assert.equal(await folder(), join(other, name));
      assert.equal(lstatSync(join(root, 'target')).mode & 0o777, 0o755);
      rmSync(join(other, name), { recursive: true });
      symlinkSync(join(root, 'nowhere'), join(other, name));
      const random = await folder();
      assert.match(random, new RegExp(`^${join(one, name)}-[\\da-f]{12}$`));
    });

    it('is never a file', async () => {
      writeFileSync(join(one, name), '');
      assert.equal(await folder(), join(other, name));
    });

    it('is not where others could replace it', async () => {
      chmodSync(one, 0o777);
      assert.equal(await folder(), join(other, name));
      chmodSync(one, 0o770);
      assert.equal(await folder(), join(other, name));
      chmodSync(one, 0o1777); // as /tmp
      assert.equal(await folder(), join(one, name));
    });

    it('is never relative, and never so deep that a socket has no room', async () => {
      const deep = join(one, 'x'.repeat(60));
      mkdirSync(deep);
      assert.equal(await folder('', '.', deep, other), join(other, name));
    });

    it('is missing if no place is safe', async () => {
      await assert.rejects(folder(join(root, 'missing')));
      await assert.rejects(folder(''));
    });

    if (uid === 0) {
      it('is not one that another user has made, nor in what belongs to another user', async () => {
        mkdirSync(join(one, name), { mode: 0o700 });
        chownSync(join(one, name), nobody, nobody);
        assert.equal(await folder(), join(other, name));
        chownSync(other, nobody, nobody);
        const random = await folder();
        assert.equal(dirname(random), one);
        assert.notEqual(random, join(one, name));
      });
    }
  });
}
