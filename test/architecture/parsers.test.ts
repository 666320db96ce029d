import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { ROOT } from '../../scripts/process/folders';
import { parsers } from '../fuzz/parsers';

/** How a file shows that it takes a text, a file or an answer apart. */
const signs =
  /JSON\.parse\(|\bparseJsonObject\(|decodeURIComponent\(|new URLSearchParams\(\w|Buffer\.from\([^)]*'base64|export (?:async )?function (?:parse|read|decode)[A-Z]\w*\(/;

describe('the parsers of outside data', () => {
  const found = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.ts') && signs.test(readFileSync(join(ROOT, 'src', name), 'utf8')));

  it('are all listed with their fuzz tests, and nothing else is', () => {
    assert.deepEqual(Object.keys(parsers).toSorted(), found.toSorted());
    assert.ok(found.length > 30);
  });

  it('are reached by those tests', () => {
    const reached = new Map<string, ReadonlySet<string>>();
    const isReason = (text: string): boolean => /^[A-Z]/.test(text);
    for (const [parser, tests] of Object.entries(parsers)) {
      for (const name of isReason(tests) ? [] : tests.split(' ')) {
        const test = join(ROOT, 'test/fuzz', `${name}.test.ts`);
        assert.ok(existsSync(test), `${name} for ${parser}`);
        const files = reached.get(name) ?? importedBy(test);
        reached.set(name, files);
        assert.ok(files.has(`src/${parser}`), `${name} does not import ${parser}`);
      }
    }
  });
});

/** The files that this one imports, and those that they import. */
function importedBy(file: string, found = new Set<string>()): ReadonlySet<string> {
  for (const [, path = ''] of readFileSync(file, 'utf8').matchAll(/(?:from|import\() ?'(\.[^']+)'/g)) {
    const imported = join(dirname(file), `${path}.ts`);
    const name = relative(ROOT, imported).replaceAll('\\', '/');
    if (!found.has(name) && existsSync(imported)) {
      found.add(name);
      importedBy(imported, found);
    }
  }
  return found;
}
