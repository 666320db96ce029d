import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packagedReadme } from '../../../scripts/packing/packagedReadme';

describe('the README inside the package', () => {
  const readme = readFileSync(join(__dirname, '../../../README.md'), 'utf8');
  const text = packagedReadme(readme);

  it('links to nothing that is missing in the package', () => {
    assert.doesNotMatch(text, /\]\((?!https:)/);
    assert.doesNotMatch(text, /npm start/);
    assert.doesNotMatch(text, /docs\/\w+\.md/);
    assert.match(text, /## Use it/);
    assert.match(text, /Reltio: Diagnose Sign-In\*\*/);
  });

  it('has every table for users, which must not contain a link into the repository', () => {
    const headings = (markdown: string) => [...markdown.matchAll(/^(\| .*)\n\| --/gm)].map(([, row]) => row);
    const ofDevelopers = headings(readme.slice(0, readme.indexOf('## Use it')));
    assert.deepEqual(headings(text), headings(readme).slice(ofDevelopers.length));
  });

  it('leaves out paragraphs that link to the repository, and keeps links to the web', () => {
    assert.equal(
      packagedReadme('![x](a.png)\n\nRead on in [this page](docs/a.md).\n\nSee [that](https://example.com).\n'),
      'See [that](https://example.com).\n',
    );
  });
});
