import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { inParts } from '../../../scripts/steps/parts';

const root = join(__dirname, '../../..');
const windowTests = readdirSync(join(root, 'test/window'))
  .filter((name) => name.endsWith('.test.ts'))
  .map((name) => `test/window/${name}`);

describe('test files in parts', () => {
  const weights: Readonly<Record<string, number>> = { a: 5, b: 4, c: 3, d: 3, e: 1 };
  const weight = (file: string): number => weights[file] ?? 0;

  it('have about the same number of tests', () => {
    assert.deepEqual(inParts(['a', 'b', 'c', 'd', 'e'], 2, weight), [
      ['a', 'd'],
      ['b', 'c', 'e'],
    ]);
  });

  it('are the same whatever the order of the files', () => {
    assert.deepEqual(inParts(['e', 'd', 'c', 'b', 'a'], 2, weight), inParts(['a', 'b', 'c', 'd', 'e'], 2, weight));
  });

  it('contain every file once', () => {
    const parts = inParts(windowTests, 2);
    assert.deepEqual(parts.flat().sort(), [...windowTests].sort());
    for (const part of parts) assert.ok(part.length > 3, 'a part of its own for each lane');
  });
});
