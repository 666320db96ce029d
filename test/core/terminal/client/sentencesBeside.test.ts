import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sentencesFile } from '../../../../src/core/terminal/client/clientSentences';
import { sentencesBeside } from '../../../../src/core/terminal/client/sentencesBeside';

describe('the sentences beside reltio-token', () => {
  it('are read from its folder, or are nothing', () => {
    const folder = mkdtempSync(join(tmpdir(), 'r-'));
    const read = sentencesBeside(join(folder, 'reltio-token.cjs'));
    assert.equal(read(), '');
    writeFileSync(join(folder, sentencesFile), '{"waiting":"Ä"}');
    assert.equal(read(), '{"waiting":"Ä"}');
    rmSync(folder, { recursive: true });
    assert.equal(read(), '');
  });
});
