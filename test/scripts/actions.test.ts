import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../scripts/process/folders';

describe('the workflows of GitHub', () => {
  const folder = join(ROOT, '.github/workflows');
  const lines = readdirSync(folder).flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'));

  it('use actions by commit, because a tag can be moved, and name the version', () => {
    const used = lines.filter((line) => /\buses:/.test(line));
    assert.ok(used.length > 0);
    for (const line of used) {
      assert.match(line, /uses: [\w-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    }
  });

  it('may read the sources, and nothing else', () => {
    const text = lines.join('\n');
    assert.match(text, /^permissions:\n {2}contents: read$/m);
    assert.doesNotMatch(text, /: write\b|secrets\.|pull_request_target/);
  });
});
