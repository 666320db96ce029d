import assert from 'node:assert/strict';
import { at, note, ok, wrong, type Finding } from '../../../src/features/diagnosis/finding';
import { reportMarkdown } from '../../../src/features/diagnosis/reportMarkdown';
import { monday } from '../../fakes/fakeClock';

describe('the page of the diagnosis', () => {
  const page = (...findings: readonly Finding[]): string => reportMarkdown(findings, monday);
  const good = at('a.reltio.com', [ok('Route', 'Direct.'), note('Clock', 'No date.', 'Look at it.')]);
  const bad = at('b.reltio.com', [
    wrong('Response', 'It is slow.', 'Wait a minute.'),
    note('Clock', 'Not checked because of the problem above.'),
  ]);

  it('shows what is wrong first, with what to do', () => {
    const text = page(...good, ...bad, wrong('Lock folder', 'It is gone.'));
    const [, summary = '', list = ''] = text.split('\n\n');
    assert.match(summary, /✗ 2 problems were found/);
    assert.deepEqual(list.split('\n'), [
      '1. **Response \\(b\\.reltio\\.com\\)**: It is slow\\.  ',
      '   **Wait a minute\\.**',
      '2. **Lock folder**: It is gone\\.',
    ]);
  });

  it('has a table for each identity server, those with problems first, and one for this computer', () => {
    const text = page(ok('Versions', '1'), ...good, ...bad);
    assert.deepEqual(
      text.split('\n').filter((line) => line.startsWith('## ')),
      ['## Identity server b\\.reltio\\.com', '## Identity server a\\.reltio\\.com', '## This computer'],
    );
    assert.match(
      text,
      /a\\\.reltio\\\.com\n\n\| Check .*\n.*\n\| Route \| ✓ OK \| Direct\\\. \|\n\| Clock \| \\! Note \|/,
    );
    assert.match(text, /\| Response \| ✗ Problem \| It is slow\\\. \|/);
    assert.match(text, /\| Clock \| \\! Note \| No date\\\. Look at it\\\. \|/);
  });

  it('says that nothing is wrong, and where else to look', () => {
    const text = page(...good);
    assert.match(text, /✓ No problem was found/);
    assert.match(text, /Reltio\\: Show Log/);
    assert.doesNotMatch(text, /✗/);
  });

  it('turns nothing from outside into Markdown', () => {
    const evil = '[x](command:evil) <img src=x> | https://evil.example';
    const text = page(...at(evil, [wrong(evil, evil, evil)]));
    assert.doesNotMatch(text.replace(/`[^`\n]*`/g, ''), /[^\\][[\]<>]|https:|evil\.example/);
    for (const row of text.split('\n').filter((line) => line.startsWith('| '))) {
      assert.equal(row.match(/(?<!\\)\|/g)?.length, 4, row);
    }
  });
});
