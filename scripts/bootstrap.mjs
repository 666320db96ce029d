// Runs a TypeScript script of this folder, even in a fresh clone: `node scripts/bootstrap.mjs start --check` installs the
// packages if they are missing or differ from package-lock.json, then runs scripts/start.ts. Needs only Node and npm.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const [script, ...args] = process.argv.slice(2);

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Node 20.19 or newer is required, but this is ${process.versions.node}.`);
  process.exit(1);
}
if (script === undefined) {
  console.error('Say which script to run, for example: node scripts/bootstrap.mjs test');
  process.exit(1);
}

process.chdir(root);
if (!packagesAreThere()) installPackages();
process.argv.splice(1, process.argv.length - 1, join(root, 'scripts', `${script}.ts`), ...args);
await import(pathToFileURL(join(root, 'node_modules/tsx/dist/loader.mjs')).href);
await import(pathToFileURL(join(root, 'scripts', `${script}.ts`)).href);

/** npm writes node_modules/.package-lock.json last, so an interrupted install does not count as one. */
function packagesAreThere() {
  const installedList = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(installedList)) return false;
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const installed = JSON.parse(readFileSync(installedList, 'utf8')).packages;
  return Object.entries(wanted).every(
    ([path, entry]) => path === '' || entry.optional || installed[path]?.version === entry.version,
  );
}

function installPackages() {
  console.log('Installing the packages of package-lock.json (npm ci) …');
  const started = Date.now();
  const npm = process.env['npm_execpath'];
  const command = ['ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund'];
  const result = npm?.endsWith('.js')
    ? spawnSync(process.execPath, [npm, ...command], { stdio: 'inherit' })
    : spawnSync('npm', command, { stdio: 'inherit', shell: process.platform === 'win32' });
  if (result.status !== 0) {
    console.error('npm ci failed. See its message above.');
    process.exit(1);
  }
  console.log(`Packages installed in ${Math.round((Date.now() - started) / 1000)} s.`);
}
