import assert from 'node:assert/strict';
import { exitCodes } from '../../../src/core/terminal/exitCodes';
import { helpText } from '../../../src/core/terminal/helpText';
import { parseTokenArguments } from '../../../src/core/terminal/tokenArguments';

describe('reltio-token --help', () => {
  it('fits into a terminal, in letters that every console has', () => {
    const lines = helpText().split('\n');
    assert.deepEqual(
      lines.filter((line) => line.length > 80 || !/^[\x20-\x7e]*$/.test(line)),
      [],
    );
    assert.equal(lines.at(-1), '');
  });

  it('lists every exit code', () => {
    const listed = [...helpText().matchAll(/^ {2}(\d) {2}\S/gm)].map(([, code]) => Number(code));
    assert.deepEqual(listed, Object.values(exitCodes));
  });

  it('lists only options that there are', () => {
    const options = [...helpText().matchAll(/^ {2}(--[\w-]+)( [A-Z]+)?/gm)];
    assert.equal(options.length, 5);
    for (const [, option = '', value] of options) {
      const { asks } = parseTokenArguments(value === undefined ? [option] : [option, '1']);
      assert.equal(asks, 'token', option);
    }
  });
});
