import { cpSync, existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { bundle, bundleTests, product } from './bundle';
import { installHttpYac } from '../hosts/httpYac';
import { isPacked } from './packed';
import { emptyFolder, OUT, ROOT } from '../process/folders';
import { npm } from '../process/npm';

/** All extensions in one folder, because VS Code accepts only one `extensionDevelopmentPath`. */
export const EXTENSIONS = join(OUT, 'extensions');
const PRODUCT = join(EXTENSIONS, 'reltio-auth');
const CONSUMER = join(EXTENSIONS, 'reltio-auth-consumer');
/** What stands in for Reltio's own extension. */
const RELTIO_IDE = join(EXTENSIONS, 'reltio-ide-stand-in');
/** The example of docs/consuming.md. */
const EXAMPLE = join(EXTENSIONS, 'reltio-consumer-example');
/** The module that VS Code loads in its extension host. It must be inside one of the extensions. */
export const TEST_MODULE = join(PRODUCT, 'test/index.js');

interface Options {
  /** Readable and with source maps. */
  readonly dev?: boolean;
  /** Include the tests that run in the extension host. */
  readonly tests?: boolean;
}

/** The extensions and their tests in the extension host: as `npm test` has just built them, or else built now. */
export async function stageTests(): Promise<void> {
  if (!isPacked()) await stageExtensions();
}

/** Builds ours and the consumer and, by default, the other extensions and the tests that run in the extension host. */
export async function stageExtensions({ dev = false, tests = true }: Options = {}): Promise<void> {
  emptyFolder(EXTENSIONS);
  await stageProduct(dev);
  await stageConsumer();
  if (!tests) return;
  await stageFixture('reltioIde', RELTIO_IDE);
  await stageHttpYac();
  await stageExample();
  await bundleTests({ entries: hostTests(), outdir: join(PRODUCT, 'test'), outbase: join(ROOT, 'test/host') });
}

async function stageProduct(dev: boolean): Promise<void> {
  mkdirSync(PRODUCT, { recursive: true });
  await bundle({ ...product, outdir: join(PRODUCT, 'dist'), dev });
  for (const name of readdirSync(ROOT)) {
    if (/^(package(\.nls.*)?\.json|media|l10n)$/.test(name))
      cpSync(join(ROOT, name), join(PRODUCT, name), { recursive: true });
  }
}

export async function stageConsumer(folder = CONSUMER): Promise<void> {
  await stageFixture('consumer', folder);
}

async function stageFixture(name: 'consumer' | 'reltioIde', folder: string): Promise<void> {
  const source = join(ROOT, 'test/host', name);
  mkdirSync(folder, { recursive: true });
  await bundleTests({ entries: [join(source, 'extension.ts')], outdir: folder, outbase: source });
  cpSync(join(source, 'package.json'), join(folder, 'package.json'));
}

/** Built by its own script, as whoever copies it builds it. */
export async function stageExample(folder = EXAMPLE): Promise<void> {
  cpSync(join(ROOT, 'examples/consumer'), folder, { recursive: true });
  await npm(['run', 'build'], folder);
}

/** A stand-in for httpYac's extension, which is in no registry that the tests use: its library behind its exports. */
async function stageHttpYac(): Promise<void> {
  const source = join(ROOT, 'test/host/httpYac');
  const folder = join(EXTENSIONS, 'vscode-httpyac');
  const library = join(await installHttpYac(), 'node_modules');
  mkdirSync(folder, { recursive: true });
  await bundleTests({
    entries: [join(source, 'extension.ts')],
    outdir: folder,
    outbase: source,
    external: ['httpyac'],
  });
  cpSync(join(source, 'package.json'), join(folder, 'package.json'));
  symlinkSync(library, join(folder, 'node_modules'), 'junction');
}

function hostTests(): string[] {
  const source = join(ROOT, 'test/host');
  return readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((file) => file === 'index.ts' || /\.(test|bench)\.ts$/.test(file))
    .map((file) => join(source, file))
    .filter(existsSync);
}
