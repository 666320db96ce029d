import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packagedReadme } from '../../scripts/packagedReadme';

describe('the README inside the package', () => {
  it('points at nothing that is not in the package', () => {
    const text = packagedReadme(readFileSync(join(__dirname, '../../README.md'), 'utf8'));
    assert.doesNotMatch(text, /\]\((?!https:)/);
    assert.doesNotMatch(text, /npm start/);
    assert.match(text, /## Use it/);
  });

  it('keeps the words of a link, and links to the web', () => {
    assert.equal(
      packagedReadme('![x](a.png)\n\nSee [this page](docs/a.md) and [that](https://example.com).\n'),
      'See this page and [that](https://example.com).\n',
    );
  });
});
