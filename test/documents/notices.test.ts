import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle, product } from '../../scripts/packing/bundle';
import { ROOT } from '../../scripts/process/folders';
import { BUNDLED, notices, PIECES, writtenNotices } from '../../scripts/docs/notices';

describe('THIRD-PARTY-NOTICES.md', () => {
  let modules: readonly string[];
  before(async () => {
    const outdir = mkdtempSync(join(tmpdir(), 'reltio-notices-'));
    const { files } = await bundle({ ...product, outdir });
    rmSync(outdir, { recursive: true });
    const inputs = new Set(files.flatMap((file) => file.inputs));
    modules = [...inputs].filter((input) => input.includes('node_modules/') || input.endsWith('publicSuffixes.json'));
  });

  it('contains the licence of every package in the bundle', () => {
    const packages = modules.flatMap((input) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1] ?? []);
    assert.ok(packages.length > 0);
    for (const name of new Set(packages))
      assert.ok(
        BUNDLED.some((known) => known === name),
        name,
      );
  });

  it('contains the licences of third-party code inside those packages', () => {
    const text = writtenNotices();
    for (const { name, licence, within } of PIECES) {
      assert.ok(text.includes(`## ${name} (${licence})`), name);
      assert.ok(
        modules.some((module) => module.endsWith(within)),
        `${within} is no longer in the bundle`,
      );
    }
    for (const said of [
      'Copyright © 2018 Fedor Indutny',
      'Copyright Node.js contributors. All rights reserved.',
      'Mozilla Public License, v. 2.0',
      'https://publicsuffix.org/list/public_suffix_list.dat',
    ]) {
      assert.ok(text.includes(said), said);
    }
  });

  it('names only licences that let this package be MIT, with notice', () => {
    const permissive = ['MIT', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0'];
    const lists = ['Public Suffix List']; // MPL-2.0 asks for the source of the file alone, and the notice says where it is
    const licences = BUNDLED.map((name) => {
      const { license } = JSON.parse(readFileSync(join(ROOT, 'node_modules', name, 'package.json'), 'utf8')) as {
        license?: unknown;
      };
      return { name, licence: String(license) };
    });
    const pieces = PIECES.filter(({ name }) => !lists.includes(name));
    for (const { name, licence } of [...licences, ...pieces]) {
      assert.ok(permissive.includes(licence), `${name}: ${licence}`);
    }
  });

  it('covers every module in the bundle that says it was copied from elsewhere', () => {
    const admits =
      /\b(extracted|taken|copied|adapted|ported|derived) from (?!the \[?HTML|body)|\(MIT license\)|MIT License\./i;
    const found = modules.filter((module) => admits.test(readFileSync(join(ROOT, module), 'utf8')));
    const known = [...PIECES.map(({ within }) => within), 'node_modules/valibot/dist/index.mjs'];
    assert.deepEqual(
      found.filter((module) => !known.some((one) => module.endsWith(one))),
      [],
    );
    assert.ok(found.length >= 3);
  });

  it('is what npm run docs writes', () => {
    assert.equal(writtenNotices(), notices());
  });
});
