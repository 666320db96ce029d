import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { bundle } from './bundle';
import { command } from './command';
import { emptyFolder, OUT, ROOT } from './folders';
import { packagedReadme } from './packagedReadme';
import { stageConsumer } from './stage';
import { Expected } from './stop';
import { zipContent } from './zipContent';

const MOST_BYTES = 300_000;
const MOST_MAIN_BYTES = 120_000;
/** What runs or is shown; vsce itself writes the first two and renames the three texts. */
const ALLOWED = [
  /^\[Content_Types\]\.xml$/,
  /^extension\.vsixmanifest$/,
  /^extension\/(readme|changelog)\.md$/,
  /^extension\/LICENSE\.txt$/,
  /^extension\/THIRD-PARTY-NOTICES\.md$/,
  /^extension\/package(\.nls[^/]*)?\.json$/,
  /^extension\/dist\/[^/]+\.js$/,
  /^extension\/media\/.+$/,
];
const NEEDED = [
  'extension/package.json',
  'extension/dist/extension.js',
  'extension/readme.md',
  'extension/LICENSE.txt',
];

export interface Package {
  readonly file: string;
  readonly bytes: number;
  readonly content: string[];
}

export function productVsix(): string {
  const { name, version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Record<string, string>;
  return join(ROOT, `${name}-${version}.vsix`);
}

/** Builds the extension for production and packs it. A warning, a file too many or too large a file is an error. */
export async function packProduct(): Promise<Package> {
  const { files } = await bundle({ entry: join(ROOT, 'src/extension.ts'), outdir: emptyFolder(join(ROOT, 'dist')) });
  const main = files.find((file) => file.name === 'extension.js')?.bytes ?? 0;
  if (main > MOST_MAIN_BYTES) throw tooLarge('dist/extension.js', main, MOST_MAIN_BYTES);

  const file = productVsix();
  const readme = join(OUT, 'README.md');
  mkdirSync(OUT, { recursive: true });
  writeFileSync(readme, packagedReadme(readFileSync(join(ROOT, 'README.md'), 'utf8')));
  const output = await vsce(ROOT, ['--out', file, '--readme-path', relative(ROOT, readme)]);
  const warnings = output.split('\n').filter((line) => /\bwarn(ing)?\b/i.test(line));
  if (warnings.length > 0) throw new Expected(`vsce warns:\n${warnings.join('\n')}`);

  const archive = readFileSync(file);
  if (archive.length > MOST_BYTES) throw tooLarge(file, archive.length, MOST_BYTES);
  const content = zipContent(archive);
  const strangers = content.filter((name) => !ALLOWED.some((pattern) => pattern.test(name)));
  if (strangers.length > 0) throw new Expected(`These do not belong into the package: ${strangers.join(', ')}.`);
  const missing = NEEDED.filter((name) => !content.includes(name));
  if (missing.length > 0) throw new Expected(`These are missing in the package: ${missing.join(', ')}.`);
  return { file, bytes: archive.length, content };
}

/** Packs the extension that asks ours for a session. */
export async function packConsumer(): Promise<string> {
  const folder = emptyFolder(join(OUT, 'consumer'));
  mkdirSync(folder, { recursive: true });
  await stageConsumer(folder);
  const file = join(OUT, 'reltio-auth-consumer.vsix');
  await vsce(folder, ['--skip-license', '--out', file]);
  return file;
}

function vsce(folder: string, args: string[]): Promise<string> {
  const cli = join(dirname(createRequire(__filename).resolve('@vscode/vsce/package.json')), 'vsce');
  const fixed = ['--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links'];
  return command(process.execPath, [cli, 'package', ...fixed, ...args], { cwd: folder });
}

function tooLarge(file: string, bytes: number, limit: number): Expected {
  return new Expected(`${file} has ${kilobytes(bytes)}, and ${kilobytes(limit)} is the most.`);
}

export function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
