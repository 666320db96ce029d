import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { bundle, product, type BundleFile } from '../../scripts/packing/bundle';

/** Loads a bundle file and prints which properties of the global object, `process`, `fs` and others it changed. */
const observer = `
  const fs = require('node:fs');
  const watched = { global: globalThis, process, fs, 'fs.promises': fs.promises, tls: require('node:tls'), net: require('node:net') };
  const picture = () => Object.entries(watched).flatMap(([name, object]) =>
    Reflect.ownKeys(object).map((key) => [name + '.' + String(key), Object.getOwnPropertyDescriptor(object, key)]));
  const before = new Map(picture());
  require(process.argv[1]);
  console.log(JSON.stringify(picture()
    .filter(([name, now]) => { const then = before.get(name); return !then || !Object.is(then.value, now.value) || then.get !== now.get; })
    .map(([name]) => name)));
`;

describe('dist/core-network-explicitClient.js', function () {
  this.timeout(60_000);
  let folder: string;
  let files: readonly BundleFile[];
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'reltio-explicit-'));
    ({ files } = await bundle({ ...product, outdir: folder }));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  it('is the only file with undici, and has only the part of it that sends requests', () => {
    const holders = files.filter(({ inputs }) => inputs.some((input) => input.includes('node_modules/undici/')));
    assert.deepEqual(
      holders.map(({ name }) => name),
      ['core-network-explicitClient.js'],
    );
    const parts = holders[0]?.inputs ?? [];
    for (const never of ['undici/index.js', 'undici/lib/global.js', 'undici/lib/web/fetch/index.js']) {
      assert.ok(!parts.some((input) => input.endsWith(never)), never);
    }
  });

  it("changes nothing that other extensions share, undici's global dispatcher included", async () => {
    const file = join(folder, 'core-network-explicitClient.js');
    const { stdout } = await promisify(execFile)(process.execPath, ['-e', observer, file]);
    assert.deepEqual(JSON.parse(stdout), []);
  });
});
