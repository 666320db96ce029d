import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scanForSecrets } from '../window/secretScan';

const SECRET = 'pa ss/wörd+"1';

describe('the search for secrets', () => {
  const forms: Record<string, string | Buffer> = {
    plain: `before ${SECRET} after`,
    'utf-16': Buffer.from(`before ${SECRET} after`, 'utf16le'),
    'url-encoded': encodeURIComponent(`x=${SECRET}`),
    'form-encoded': new URLSearchParams({ password: SECRET }).toString(),
    json: JSON.stringify({ SECRET }),
    'base64, alone': Buffer.from(SECRET).toString('base64'),
    'base64, one character in': Buffer.from(`x${SECRET}yz`).toString('base64'),
    'base64, two characters in': Buffer.from(`id${SECRET}yz`).toString('base64'),
    'base64, three characters in': Buffer.from(`id:${SECRET}y`).toString('base64'),
    base64url: Buffer.from(`user:${SECRET}`).toString('base64url'),
    'base64 as utf-16': Buffer.from(`Basic ${Buffer.from(`id:${SECRET}`).toString('base64')}`, 'utf16le'),
    'base64url as utf-16': Buffer.from(Buffer.from(`user:${SECRET}`).toString('base64url'), 'utf16le'),
  };
  for (const [form, content] of Object.entries(forms)) {
    it(`finds it ${form}`, () => {
      const folder = mkdtempSync(join(tmpdir(), 'reltio-scan-'));
      try {
        writeFileSync(join(folder, 'file'), content);
        const hits = scanForSecrets({ 'the password': SECRET }, { folders: [folder] });
        assert.ok(hits.length > 0);
        assert.equal(hits[0]?.where, join(folder, 'file'));
        assert.ok(!JSON.stringify(hits).includes(SECRET), 'and does not repeat it');
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  }

  it('finds it in a text, and nothing where nothing is', () => {
    const texts = { log: `token ${SECRET}`, other: 'nothing here' };
    assert.deepEqual(
      scanForSecrets({ token: SECRET }, { texts }).map(({ where }) => where),
      ['log'],
    );
  });
});
