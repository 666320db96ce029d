import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { removeFolder, temporaryFolder } from '../../../scripts/process/folders';
import { removeFolders } from '../../../src/core/forgetting/removeFolders';

describe('removeFolders', () => {
  let root: string;
  beforeEach(() => {
    root = temporaryFolder('remove');
  });
  afterEach(() => {
    removeFolder(root);
  });

  it('removes what is in them, and finds nothing wrong with one that is missing', async () => {
    mkdirSync(join(root, 'locks', 'deep'), { recursive: true });
    writeFileSync(join(root, 'locks', 'deep', 'file'), '');
    assert.equal(await removeFolders([join(root, 'locks'), join(root, 'missing')]), true);
    assert.equal(existsSync(join(root, 'locks')), false);
  });

  it('removes a link, also one that stands for the folder itself, and not what it leads to', async () => {
    mkdirSync(join(root, 'elsewhere'));
    writeFileSync(join(root, 'elsewhere', 'precious'), 'kept');
    mkdirSync(join(root, 'calls'));
    symlinkSync(join(root, 'elsewhere'), join(root, 'calls', 'link'), 'junction');
    symlinkSync(join(root, 'elsewhere'), join(root, 'journal'), 'junction');
    assert.equal(await removeFolders([join(root, 'calls'), join(root, 'journal')]), true);
    assert.deepEqual([existsSync(join(root, 'calls')), existsSync(join(root, 'journal'))], [false, false]);
    assert.equal(readFileSync(join(root, 'elsewhere', 'precious'), 'utf8'), 'kept');
  });

  it('says that not everything is gone', async () => {
    writeFileSync(join(root, 'file'), '');
    assert.equal(await removeFolders([join(root, 'file', 'below a file'), join(root, 'gone')]), false);
  });
});
