/** What must agree before a release. */
export interface ReleaseFacts {
  readonly tag: string;
  /** package.json. */
  readonly manifest: { readonly version: string; readonly publisher?: string; readonly repository?: unknown };
  /** Both places of package-lock.json that repeat the version. */
  readonly lockVersions: readonly (string | undefined)[];
  readonly changelog: string;
  /** The other tags of the repository. */
  readonly tags: readonly string[];
  /** Today, as in `2026-12-31`. */
  readonly today: string;
}

/** What is wrong with a release; nothing if it may go out. */
export function releaseProblems({ tag, manifest, lockVersions, changelog, tags, today }: ReleaseFacts): string[] {
  const { version } = manifest;
  const problems: string[] = [];
  if (numbers(version) === undefined) {
    problems.push(`package.json: the Marketplace accepts versions such as 1.2.3 only, not ${version}.`);
  }
  if (tag !== `v${version}`) {
    problems.push(`The tag is ${tag}, but package.json has version ${version}: its tag is v${version}.`);
  }
  if (lockVersions.some((one) => one !== version)) {
    problems.push(`package-lock.json has another version than package.json. Run npm install.`);
  }
  if ((manifest.publisher ?? '') === '') {
    problems.push('package.json names no publisher.');
  }
  if (repositoryUrl(manifest.repository) === undefined) {
    problems.push(
      'package.json names no repository, so nobody can tell what the provenance of the package should say.',
    );
  }
  const later = tags.filter((one) => one !== tag && isAtLeast(one.replace(/^v/, ''), version));
  if (later.length > 0) {
    problems.push(`Version ${version} is not newer than ${later.join(', ')}.`);
  }
  return [...problems, ...changelogProblems(changelog, version, today)];
}

function changelogProblems(changelog: string, version: string, today: string): string[] {
  const [first, second] = sections(changelog);
  const unreleased = first?.title === 'Unreleased' ? first : undefined;
  const newest = unreleased === undefined ? first : second;
  if (unreleased !== undefined && unreleased.text !== '') {
    return [`CHANGELOG.md: give what is under "Unreleased" the heading "## ${version} (${today})".`];
  }
  const [, named, date = ''] = /^(\S+) \((\d{4}-\d{2}-\d{2})\)$/.exec(newest?.title ?? '') ?? [];
  if (named !== version) {
    return [`CHANGELOG.md must begin with "## ${version} (${today})", not with "## ${newest?.title ?? ''}".`];
  }
  if (date > today) {
    return [`CHANGELOG.md: ${date} is in the future.`];
  }
  return newest?.text === '' ? [`CHANGELOG.md says nothing about ${version}.`] : [];
}

/** What the changelog says about a version. */
export function releaseNotes(changelog: string, version: string): string {
  return sections(changelog).find(({ title }) => title.startsWith(`${version} (`))?.text ?? '';
}

function sections(changelog: string): { title: string; text: string }[] {
  const [, ...parts] = changelog.split(/^## /m);
  return parts.map((part) => {
    const end = `${part}\n`.indexOf('\n');
    return { title: part.slice(0, end).trim(), text: part.slice(end).trim() };
  });
}

function repositoryUrl(repository: unknown): string | undefined {
  const url: unknown =
    typeof repository === 'object' && repository !== null && 'url' in repository ? repository.url : repository;
  return typeof url === 'string' && /^https:\/\/\S+$/.test(url) ? url : undefined;
}

function isAtLeast(one: string, other: string): boolean {
  const [left, right] = [numbers(one), numbers(other)];
  if (left === undefined || right === undefined) return false;
  const different = left.findIndex((part, index) => part !== right[index]);
  return different < 0 || (left[different] ?? 0) > (right[different] ?? 0);
}

function numbers(version: string): number[] | undefined {
  return /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)$/.test(version) ? version.split('.').map(Number) : undefined;
}
