import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './process/folders';
import { command } from './process/command';
import { ExpectedError, runScript } from './process/stop';
import { releaseNotes, releaseProblems, type ReleaseFacts } from './packing/releaseRules';

/**
 * `npm run release -- v1.2.3`: checks that version, changelog, tag and manifest agree, and prints what the changelog says about
 * this version. Publishes nothing: .github/workflows/release.yml does.
 */
runScript(async () => {
  const [tag] = process.argv.slice(2);
  if (tag === undefined) throw new ExpectedError('Name the tag, for example: npm run release -- v1.2.3');
  const manifest = JSON.parse(read('package.json')) as ReleaseFacts['manifest'];
  const lock = JSON.parse(read('package-lock.json')) as {
    version?: string;
    packages?: Record<string, { version?: string }>;
  };
  const changelog = read('CHANGELOG.md');
  const tags = (await command('git', ['tag', '--list', 'v*'], { cwd: ROOT })).split('\n').filter((one) => one !== '');
  const problems = releaseProblems({
    tag,
    manifest,
    lockVersions: [lock.version, lock.packages?.['']?.version],
    changelog,
    tags,
    today: new Date().toISOString().slice(0, 10),
  });
  if (problems.length > 0) throw new ExpectedError(problems.map((problem) => `- ${problem}`).join('\n'));
  console.log(releaseNotes(changelog, manifest.version));
  return 0;
});

function read(name: string): string {
  return readFileSync(join(ROOT, name), 'utf8');
}
