import assert from 'node:assert/strict';
import { failuresIn } from '../../../scripts/steps/failures';

describe('what failed in a step', () => {
  it("is mocha's list, without the tests before it", () => {
    const list = '  2 failing\n\n  1) the first\n       fails:\n     Error: no';
    assert.equal(failuresIn(`  ✔ one\n  5 passing (3s)\n${list}\n\n`), list);
  });

  it('is the last one of several lists', () => {
    assert.equal(failuresIn('  1 failing\n  old\n  3 failing\n  new'), '  3 failing\n  new');
  });

  it('is the end of an output without such a list', () => {
    const end = 'src/a.ts: error';
    assert.equal(failuresIn(end), end);
    assert.equal(failuresIn(`${'line\n'.repeat(5_000)}${end}`).endsWith(end), true);
  });

  it('is cut where it is long', () => {
    const cut = failuresIn(`  9 failing\n${'x'.repeat(10_000)}`);
    assert.ok(cut.length < 6_100 && cut.startsWith('  9 failing') && cut.endsWith('…'));
  });
});
