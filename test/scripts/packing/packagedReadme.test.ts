import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packagedReadme } from '../../../scripts/packing/packagedReadme';

describe('the README inside the package', () => {
  it('links to nothing that is missing in the package', () => {
    const text = packagedReadme(readFileSync(join(__dirname, '../../../README.md'), 'utf8'));
    assert.doesNotMatch(text, /\]\((?!https:)/);
    assert.doesNotMatch(text, /npm start/);
    assert.doesNotMatch(text, /docs\/\w+\.md/);
    assert.match(text, /## Use it/);
    assert.match(text, /Reltio: Diagnose Sign-In\*\*/);
  });

  it('leaves out paragraphs that link to the repository, and keeps links to the web', () => {
    assert.equal(
      packagedReadme('![x](a.png)\n\nRead on in [this page](docs/a.md).\n\nSee [that](https://example.com).\n'),
      'See [that](https://example.com).\n',
    );
  });
});
