import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { extensionId } from '../../../src/editor/messages/extensionId';
import { publisher } from '../../../package.json';

const root = join(__dirname, '../../..');
const generated = new Set(['.git', '.cache', 'dist', 'node_modules', 'out']);

/** Other extensions and settings name this one by its whole id. */
const withId = ['docs/consuming.md', 'docs/terminal.md', 'examples/consumer/package.json'];

/** Says who may publish it, and how. */
const aboutPublishing = 'docs/releasing.md';

describe('the publisher', () => {
  it('is named in package.json, and as part of the whole id where users copy that', () => {
    const texts = filesBelow(root).map((file) => [relative(root, file), readFileSync(file, 'utf8')] as const);
    const naming = texts.filter(([, text]) => text.includes(publisher));
    assert.deepEqual(naming.map(([file]) => file).sort(), [...withId, aboutPublishing, 'package.json'].sort());
    for (const [file, text] of naming.filter(([name]) => withId.includes(name))) {
      assert.equal(text.replaceAll(extensionId, '').includes(publisher), false, file);
    }
  });
});

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (generated.has(entry.name) || entry.isSymbolicLink()) return [];
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}
