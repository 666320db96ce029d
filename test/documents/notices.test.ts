import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle } from '../../scripts/bundle';
import { BUNDLED, notices, writtenNotices } from '../../scripts/notices';

describe('THIRD-PARTY-NOTICES.md', () => {
  it('holds the licence of every package that the bundle holds', async () => {
    const outdir = mkdtempSync(join(tmpdir(), 'reltio-notices-'));
    const { files } = await bundle({ entry: join(__dirname, '../../src/extension.ts'), outdir });
    rmSync(outdir, { recursive: true });
    const packages = files.flatMap(({ inputs }) =>
      inputs.flatMap((input) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1] ?? []),
    );
    assert.ok(packages.length > 0);
    for (const name of new Set(packages))
      assert.ok(
        BUNDLED.some((known) => known === name),
        name,
      );
  });

  it('is what npm run docs writes', () => {
    assert.equal(writtenNotices(), notices());
  });
});
