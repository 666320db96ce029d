import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { figuresOf, percent } from '../../../scripts/mutation/figures';
import { withFigures } from '../../../scripts/mutation/table';

const source = 'if (left > 0) {\n  keep();\n}\n';
const at = (line: number, from: number, toLine: number, to: number): object => ({
  start: { line, column: from },
  end: { line: toLine, column: to },
});
const mutant = (status: string, replacement: string, location: object): object => ({
  mutatorName: 'Any',
  status,
  replacement,
  location,
});

describe('the figures of mutation testing', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'figures-'));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  function figures(...mutants: object[]): ReturnType<typeof figuresOf> {
    const file = join(folder, 'report.json');
    writeFileSync(file, JSON.stringify({ files: { 'src/core/model/a.ts': { source, mutants } } }));
    return figuresOf('model', file);
  }

  it('counts a fault as found if a test failed or never ended', () => {
    const where = at(1, 5, 1, 13);
    const { mutants, found } = figures(
      mutant('Killed', 'true', where),
      mutant('Timeout', 'false', where),
      mutant('Survived', 'left >= 0', where),
      mutant('NoCoverage', 'left < 0', where),
    );
    assert.deepEqual([mutants, found], [4, 2]);
  });

  it('leaves out what did not run', () => {
    const where = at(1, 5, 1, 13);
    const { mutants, found, survivors } = figures(
      mutant('Ignored', '', where),
      mutant('CompileError', '', where),
      mutant('RuntimeError', '', where),
    );
    assert.deepEqual([mutants, found, survivors], [0, 0, []]);
  });

  it('says where each fault is that was not found, on one line', () => {
    const { survivors } = figures(
      mutant('Survived', 'left >= 0', at(1, 5, 1, 13)),
      mutant('NoCoverage', '{}', at(1, 15, 3, 2)),
    );
    assert.deepEqual(survivors, [
      'src/core/model/a.ts:1: left > 0 → left >= 0',
      'src/core/model/a.ts:1: { keep(); } → {}',
    ]);
  });

  it('does not round up to a goal', () => {
    assert.equal(percent({ mutants: 2_000, found: 1_699 }), '84.9 %');
    assert.equal(percent({ mutants: 0, found: 0 }), '–');
  });
});

describe('the table of mutation testing', () => {
  const page = 'Before\n\n<!-- mutation: npm run mutate writes this table -->\n\n<!-- end of mutation -->\n\nAfter\n';
  const row = (room: string, found: number): Parameters<typeof withFigures>[1][number] => ({
    room,
    mutants: 10,
    found,
    survivors: [],
  });

  it('has a row for each room, sorted, and keeps the text around it', () => {
    const text = withFigures(page, [row('oauth', 9), row('model', 8)]);
    assert.match(text, /^Before\n/);
    assert.match(text, /\nAfter\n$/);
    assert.ok(text.indexOf('| `model` | 10 | 8 | 80.0 % |') < text.indexOf('| `oauth` | 10 | 9 | 90.0 % |'));
  });

  it('replaces the row of a room that was tested again, and keeps those of others, in the padding of the formatter too', () => {
    const padded = withFigures(page, [row('oauth', 9), row('model', 8)]).replace('| `model` |', '| `model`   |');
    const text = withFigures(padded, [row('oauth', 10)]);
    assert.match(text, /\| `model` {3}\|/);
    assert.match(text, /\| `oauth` \| 10 \| 10 \| 100\.0 % \|/);
    assert.doesNotMatch(text, /90\.0 %/);
  });

  it('needs its place in the page', () => {
    assert.throws(() => withFigures('no place', []), /docs\/testing\.md has no/);
  });
});
