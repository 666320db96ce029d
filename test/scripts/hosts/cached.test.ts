import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cached } from '../../../scripts/hosts/cached';
import { CACHE, removeFolder } from '../../../scripts/process/folders';

describe('the cache of hosts and browsers', () => {
  const name = `test-${process.pid}`;
  const fill = (text: string) => async (folder: string) => {
    writeFileSync(join(folder, 'content'), text);
  };
  const content = (folder: string): string => readFileSync(join(folder, 'content'), 'utf8');

  afterEach(() => {
    removeFolder(join(CACHE, name));
  });

  it('fills a folder once', async () => {
    const folder = await cached(name, 'recipe', fill('first'));
    assert.equal(await cached(name, 'recipe', fill('second')), folder);
    assert.equal(content(folder), 'first');
  });

  it('fills it again for another recipe', async () => {
    await cached(name, 'recipe', fill('first'));
    assert.equal(content(await cached(name, 'other', fill('second'))), 'second');
  });

  it('leaves nothing behind when an install fails', async () => {
    const fail = async (folder: string): Promise<void> => {
      await fill('half')(folder);
      throw new Error('no way to the registry');
    };
    await assert.rejects(cached(name, 'recipe', fail), /no way to the registry/);
    assert.deepEqual(
      readdirSync(CACHE).filter((entry) => entry.startsWith(name)),
      [],
    );
  });

  it('removes what a killed install left, and uses no folder without a stamp', async () => {
    const abandoned = join(CACHE, `${name}.4194303.draft`);
    mkdirSync(abandoned, { recursive: true });
    mkdirSync(join(CACHE, name));
    assert.equal(content(await cached(name, 'recipe', fill('first'))), 'first');
    assert.equal(existsSync(abandoned), false);
  });
});
