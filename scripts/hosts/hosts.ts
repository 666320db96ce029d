import { chmodSync, copyFileSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cached } from './cached';
import { writeLogWriter } from './logWriter';
import { npm } from '../process/npm';
import { progress } from '../process/progress';
import { ExpectedError } from '../process/stop';

export interface Host {
  /** The version of VS Code, as `--version` would print it. */
  readonly version: string;
  /** The Node binary that this server needs. */
  readonly node: string;
  /** The folder of code-server's `out/node/entry.js`. */
  readonly codeServer: string;
  /** The folder of VS Code's own `out/server-main.js`. */
  readonly server: string;
}

interface Recipe {
  readonly version: string;
  readonly codeServer: string;
  readonly node: string;
  readonly overrides: Record<string, string>;
}

/** Raise this when the installation of a host changes, so that older caches are filled again. */
const STEPS = 1;

/** The oldest VS Code that package.json allows in `engines.vscode`; the newest is below. */
const FLOOR: Recipe = {
  version: '1.103.2',
  codeServer: '4.103.2',
  node: '22.23.3',
  // the version in code-server's own list needs a compiler
  overrides: { argon2: '0.44.0' },
};
const CURRENT: Recipe = { version: '1.139.1', codeServer: '4.139.1', node: '24.21.0', overrides: {} };

export const FLOOR_VERSION = FLOOR.version;
export const CURRENT_VERSION = CURRENT.version;

/** `1.103`, `1.103.2` and so on → the host, installed from npm into the cache. */
export async function installHost(version: string): Promise<Host> {
  const recipe = [FLOOR, CURRENT].find((one) => one.version === version || one.version.startsWith(`${version}.`));
  if (recipe === undefined) {
    throw new ExpectedError(`VS Code ${version} is not among the hosts: ${FLOOR.version}, ${CURRENT.version}.`);
  }
  // the oldest host copies files of the current one
  if (recipe === FLOOR) await installHost(CURRENT.version);
  const node = await installNode(recipe.node);
  const folder = await cached(`host-${recipe.version}`, `${recipe.codeServer} ${STEPS}`, (draft) =>
    progress(`Installing VS Code ${recipe.version} (code-server ${recipe.codeServer} from npm, about 600 MB)`, () =>
      fillHost(draft, recipe),
    ),
  );
  const codeServer = codeServerIn(folder);
  return { version: recipe.version, node, codeServer, server: join(codeServer, 'lib/vscode') };
}

async function fillHost(folder: string, recipe: Recipe): Promise<void> {
  writePackage(folder, { 'code-server': recipe.codeServer }, recipe.overrides);
  await install(folder, ['--omit=dev']);
  const server = join(codeServerIn(folder), 'lib/vscode');
  await install(server, ['--omit=dev', '--no-save']);
  writeLogWriter(server);
  if (recipe === FLOOR) await addTerminals(server);
}

/** The oldest host has to compile its node-pty; the current one brings the same binaries. */
async function addTerminals(server: string): Promise<void> {
  const current = await installHost(CURRENT.version);
  const prebuild = `node_modules/node-pty/prebuilds/${process.platform}-${process.arch}`;
  if (!existsSync(join(current.server, prebuild))) return;
  const release = join(server, 'node_modules/node-pty/build/Release');
  mkdirSync(release, { recursive: true });
  for (const file of readdirSync(join(current.server, prebuild))) {
    if (/\.node$|spawn-helper$/.test(file)) copyFileSync(join(current.server, prebuild, file), join(release, file));
  }
}

async function installNode(version: string): Promise<string> {
  const folder = await cached(`node-${version}`, version, (draft) =>
    progress(`Installing Node ${version} (from npm, about 185 MB)`, async () => {
      // the package that the install script of `node` would fetch, so that no script has to run
      writePackage(draft, { [nodePackage()]: version });
      await install(draft, ['--omit=dev']);
      nodeIn(draft);
    }),
  );
  return nodeIn(folder);
}

/** Runs no install script of any package; the hosts need none. */
function install(folder: string, flags: string[]): Promise<string> {
  return npm(['install', '--ignore-scripts', '--no-audit', '--no-fund', ...flags], folder);
}

/** The npm package that holds Node's binary for a machine. */
export function nodePackage({ platform, arch }: Pick<NodeJS.Process, 'platform' | 'arch'> = process): string {
  const prefix = platform === 'darwin' && arch === 'arm64' ? 'node-bin' : 'node';
  return `${prefix}-${platform === 'win32' ? 'win' : platform}-${arch}`;
}

function nodeIn(folder: string): string {
  const packages = join(folder, 'node_modules');
  const binary = process.platform === 'win32' ? 'node.exe' : 'node';
  const found = [join(packages, 'node/bin', binary), ...platformPackages(packages, binary)].find(existsSync);
  if (found === undefined) throw new ExpectedError(`The npm package ${nodePackage()} brought no binary.`);
  if (process.platform !== 'win32') chmodSync(found, 0o755);
  return found;
}

function platformPackages(packages: string, binary: string): string[] {
  return [packages, join(packages, 'node/node_modules')]
    .filter(existsSync)
    .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name, 'bin', binary)));
}

function codeServerIn(folder: string): string {
  return join(folder, 'node_modules/code-server');
}

function writePackage(
  folder: string,
  dependencies: Record<string, string>,
  overrides: Record<string, string> = {},
): void {
  const content = { name: 'host', version: '1.0.0', private: true, dependencies, overrides };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(content, null, 2));
}
