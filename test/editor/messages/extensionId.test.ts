import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { publisher } from '../../../package.json';

const root = join(__dirname, '../../..');
const generated = new Set(['.git', '.cache', 'dist', 'node_modules', 'out']);

describe('the publisher', () => {
  it('is named in package.json and nowhere else', () => {
    const files = filesBelow(root).filter((file) => readFileSync(file, 'utf8').includes(publisher));
    assert.deepEqual(
      files.map((file) => relative(root, file)),
      ['package.json'],
    );
  });
});

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (generated.has(entry.name) || entry.isSymbolicLink()) return [];
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}
