import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { bundle, product } from './bundle';
import { command } from '../process/command';
import { childEnvironment } from '../process/environment';
import { emptyFolder, OUT, ROOT } from '../process/folders';
import { languages, translations } from '../l10n/languages';
import { packagedReadme } from './packagedReadme';
import { packedTexts } from './packedTexts';
import { stageConsumer, stageExample } from './stage';
import { ExpectedError } from '../process/stop';
import { zipContent } from './zipContent';

const MOST_BYTES = 372_000;
const MOST_MAIN_BYTES = 120_000;
/** Only what runs or is shown. vsce itself writes the first two and renames the texts. */
const ALLOWED = [
  /^\[Content_Types\]\.xml$/,
  /^extension\.vsixmanifest$/,
  /^extension\/(readme|changelog)\.md$/,
  /^extension\/LICENSE\.txt$/,
  /^extension\/THIRD-PARTY-NOTICES\.md$/,
  /^extension\/package(\.nls[^/]*)?\.json$/,
  /^extension\/dist\/[^/]+\.(js|br)$/,
  /^extension\/media\/.+$/,
  /^extension\/l10n\/bundle\.l10n\.[a-z-]+\.json$/,
];
const NEEDED = [
  'extension/package.json',
  'extension/dist/extension.js',
  'extension/dist/reltio-token.js',
  'extension/dist/llhttp.wasm.br',
  'extension/dist/publicSuffixes.json.br',
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

/** What goes into the package unchanged. */
const UNCHANGED = /^(package(\.nls.*)?\.json|CHANGELOG\.md|LICENSE|THIRD-PARTY-NOTICES\.md|media|\.vscodeignore)$/;

/**
 * Builds the extension for production and packs it. The same sources always give the same bytes. A warning, an unexpected
 * file or a file that is too large is an error.
 *
 * @param folder is emptied, then filled with what is packed
 */
export async function packProduct(file = productVsix(), folder = join(OUT, 'product')): Promise<Package> {
  emptyFolder(folder);
  const { files } = await bundle({ ...product, outdir: join(folder, 'dist') });
  const main = files.find(({ name }) => name === 'extension.js')?.bytes ?? 0;
  if (main > MOST_MAIN_BYTES) throw tooLarge('dist/extension.js', main, MOST_MAIN_BYTES);
  for (const name of readdirSync(ROOT)) {
    if (UNCHANGED.test(name)) cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  }
  mkdirSync(join(folder, 'l10n'));
  for (const language of languages()) {
    writeFileSync(join(folder, `l10n/bundle.l10n.${language}.json`), packedTexts(translations(language)));
  }
  writeFileSync(join(folder, 'README.md'), packagedReadme(readFileSync(join(ROOT, 'README.md'), 'utf8')));
  const output = await vsce(folder, ['--out', file]);
  const warnings = output.split('\n').filter((line) => /\bwarn(ing)?\b/i.test(line));
  if (warnings.length > 0) throw new ExpectedError(`vsce warns:\n${warnings.join('\n')}`);

  const archive = readFileSync(file);
  if (archive.length > MOST_BYTES) throw tooLarge(file, archive.length, MOST_BYTES);
  const content = zipContent(archive);
  const unexpected = content.filter((name) => !ALLOWED.some((pattern) => pattern.test(name)));
  if (unexpected.length > 0) throw new ExpectedError(`The package must not contain ${unexpected.join(', ')}.`);
  const missing = NEEDED.filter((name) => !content.includes(name));
  if (missing.length > 0) throw new ExpectedError(`The package does not contain ${missing.join(', ')}.`);
  return { file, bytes: archive.length, content };
}

export function consumerVsix(): string {
  return join(OUT, 'reltio-auth-consumer.vsix');
}

/** Packs the extension that asks ours for a session. */
export async function packConsumer(): Promise<string> {
  const folder = emptyFolder(join(OUT, 'consumer'));
  mkdirSync(folder, { recursive: true });
  await stageConsumer(folder);
  const file = consumerVsix();
  await vsce(folder, ['--skip-license', '--out', file]);
  return file;
}

/** Packs the example of docs/consuming.md. */
export async function packExample(): Promise<string> {
  const folder = emptyFolder(join(OUT, 'example'));
  await stageExample(folder);
  const file = join(OUT, 'reltio-consumer-example.vsix');
  await vsce(folder, ['--skip-license', '--out', file]);
  return file;
}

/** Without these, times, time zone and order would differ between two packages of the same files. */
const SAME_EVERYWHERE = { SOURCE_DATE_EPOCH: '1577836800', TZ: 'UTC', LC_ALL: 'C' };

function vsce(folder: string, args: string[]): Promise<string> {
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, name);
    if (statSync(path).isFile()) chmodSync(path, 0o644);
  }
  const cli = join(dirname(require.resolve('@vscode/vsce/package.json')), 'vsce');
  const fixed = ['--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links'];
  return command(process.execPath, [cli, 'package', ...fixed, ...args], {
    cwd: folder,
    env: childEnvironment(SAME_EVERYWHERE),
  });
}

function tooLarge(file: string, bytes: number, limit: number): ExpectedError {
  return new ExpectedError(`${file} has ${kilobytes(bytes)}; the limit is ${kilobytes(limit)}.`);
}

export function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
