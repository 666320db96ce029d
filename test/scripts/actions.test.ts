import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../scripts/process/folders';

describe('the workflows of GitHub', () => {
  const folder = join(ROOT, '.github/workflows');
  const texts = new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
  const lines = [...texts.values()].flatMap((text) => text.split('\n'));

  it('use actions by commit, because a tag can be moved, and name the version', () => {
    const used = lines.filter((line) => /\buses:/.test(line));
    assert.ok(used.length > 0);
    for (const line of used) {
      assert.match(line, /uses: [\w-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    }
  });

  it('may read the sources, and nothing else, but for the jobs of a release', () => {
    for (const [name, text] of texts) {
      assert.match(text, /^permissions:\n {2}contents: read$/m, name);
      assert.doesNotMatch(text, /secrets\.|pull_request_target|write-all/, name);
      if (name !== 'release.yml') assert.doesNotMatch(text, /: write\b/, name);
    }
  });

  describe('for a release', () => {
    const text = texts.get('release.yml') ?? '';
    const jobs = new Map(
      text
        .slice(text.indexOf('\njobs:\n'))
        .split(/\n(?= {2}[\w-]+:\n)/)
        .slice(1)
        .map((job) => [/^ {2}([\w-]+):/.exec(job)?.[1] ?? '', job]),
    );

    it('start from a tag', () => {
      assert.match(text, /^on:\n {2}push:\n {4}tags: \['v\*\.\*\.\*'\]\n[^ ]/m);
    });

    it('give each job what it needs', () => {
      const granted = [...jobs].map(([name, job]) => [
        name,
        [...job.matchAll(/([\w-]+): write\b/g)].map(([, it]) => it),
      ]);
      assert.deepEqual(Object.fromEntries(granted), {
        package: [],
        provenance: ['id-token', 'attestations'],
        marketplace: ['id-token'],
        'open-vsx': ['id-token'],
        github: ['contents'],
      });
    });

    it('check, test and pack in one job, and publish only what it packed and attested', () => {
      const [first = ''] = jobs.values();
      const steps = [
        'npm run --silent release',
        'npm run audit -- --answer',
        '.ci/run',
        'npm run package',
        'upload-artifact',
      ];
      const places = steps.map((step) => first.indexOf(step));
      assert.deepEqual(
        places,
        places.filter((place) => place > 0).sort((one, other) => one - other),
      );
      for (const [name, job] of jobs) {
        if (name === 'package') continue;
        assert.match(job, /needs: (package|provenance|\[marketplace, open-vsx\])\n/, name);
        assert.match(job, /download-artifact@/, name);
        assert.doesNotMatch(job, /npm run|\.ci\/run|esbuild/, name);
      }
    });

    it('take what publishes from package-lock.json, or as it was on a day before', () => {
      const started = text.split('\n').filter((line) => /\bnpx\b/.test(line));
      assert.ok(started.length > 0);
      for (const line of started) {
        assert.match(line, /npx --yes --ignore-scripts --before=\d{4}-\d\d-\d\d [\w-]+@\d+\.\d+\.\d+ /);
      }
      assert.doesNotMatch(text, /npm (install|i|exec|update)\b/);
    });

    it('have their own environment where they publish, which a person must approve', () => {
      assert.deepEqual(
        [...text.matchAll(/environment: ([\w-]+)/g)].map(([, name]) => name),
        ['marketplace', 'open-vsx'],
      );
    });
  });
});
