import assert from 'node:assert/strict';
import { releaseNotes, releaseProblems, type ReleaseFacts } from '../../../scripts/packing/releaseRules';

const changelog = `# Changelog

## Unreleased

## 1.2.0 (2026-12-01)

### Sign in

- Better.

## 1.1.0 (2026-11-01)

- Good.
`;
const right: ReleaseFacts = {
  tag: 'v1.2.0',
  manifest: { version: '1.2.0', publisher: 'acme', repository: { type: 'git', url: 'https://github.com/acme/acme' } },
  lockVersions: ['1.2.0', '1.2.0'],
  changelog,
  tags: ['v1.2.0', 'v1.1.0', 'v0.9.12', 'nightly'],
  today: '2026-12-01',
};

describe('a release', () => {
  it('may go out if everything agrees', () => {
    assert.deepEqual(releaseProblems(right), []);
    assert.deepEqual(releaseProblems({ ...right, changelog: changelog.replace('## Unreleased\n\n', '') }), []);
  });

  const wrong: [what: string, facts: Partial<ReleaseFacts>, problem: RegExp][] = [
    ['another tag', { tag: 'v1.3.0' }, /The tag is v1\.3\.0.*its tag is v1\.2\.0/],
    ['a tag without v', { tag: '1.2.0' }, /The tag is 1\.2\.0/],
    [
      'a version with a suffix',
      { tag: 'v1.2.0-beta', manifest: { ...right.manifest, version: '1.2.0-beta' } },
      /such as 1\.2\.3 only/,
    ],
    ['an older lock file', { lockVersions: ['1.2.0', '1.1.0'] }, /package-lock\.json/],
    ['a lock file without version', { lockVersions: [undefined, '1.2.0'] }, /package-lock\.json/],
    ['no publisher', { manifest: { ...right.manifest, publisher: '' } }, /no publisher/],
    ['no repository', { manifest: { ...right.manifest, repository: undefined } }, /no repository/],
    ['a repository over http', { manifest: { ...right.manifest, repository: 'http://acme' } }, /no repository/],
    ['a newer version', { tags: ['v1.2.0', 'v1.10.0'] }, /not newer than v1\.10\.0/],
    ['changes that have no version', { changelog: changelog.replace('leased\n', 'leased\n\n- New.\n') }, /Unreleased/],
    ['another version in the changelog', { changelog: changelog.replace('1.2.0 (', '1.2.1 (') }, /must begin with/],
    ['no date in the changelog', { changelog: changelog.replace(' (2026-12-01)', '') }, /must begin with/],
    ['a date to come', { today: '2026-11-30' }, /2026-12-01 is in the future/],
    [
      'an empty section',
      { changelog: changelog.replace('### Sign in\n\n- Better.\n', '') },
      /says nothing about 1\.2\.0/,
    ],
    ['an empty changelog', { changelog: '' }, /must begin with/],
  ];
  for (const [what, facts, problem] of wrong) {
    it(`is stopped by ${what}`, () => {
      assert.match(releaseProblems({ ...right, ...facts }).join('\n'), problem);
    });
  }

  it('has the notes of its version', () => {
    assert.equal(releaseNotes(changelog, '1.2.0'), '### Sign in\n\n- Better.');
    assert.equal(releaseNotes(changelog, '1.1.0'), '- Good.');
    assert.equal(releaseNotes(changelog, '1.1'), '');
  });
});
