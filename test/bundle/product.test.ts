import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle, product } from '../../scripts/packing/bundle';
import type { BundleFile } from '../../scripts/packing/bundle';

const LIMIT = 120_000;

type Loaded = Record<'publicSuffix', typeof import('../../src/core/trust/publicSuffix')>;

describe('the product bundle', () => {
  let outdir: string;
  let files: BundleFile[];

  before(async () => {
    outdir = mkdtempSync(join(tmpdir(), 'reltio-product-'));
    ({ files } = await bundle({ ...product, outdir }));
  });

  after(() => {
    rmSync(outdir, { recursive: true, force: true });
  });

  it(`extension.js has at most ${LIMIT / 1000} kB`, () => {
    const main = files.find((file) => file.name === 'extension.js');
    assert.ok(main !== undefined, 'there is an extension.js');
    assert.ok(main.bytes <= LIMIT, `extension.js has ${main.bytes} bytes`);
  });

  it('extension.js contains neither undici nor the public suffix list, which have their own files', () => {
    const main = files.find((file) => file.name === 'extension.js');
    assert.deepEqual(
      main?.inputs.filter((input) => /node_modules\/undici|publicSuffixes/.test(input)),
      [],
    );
  });

  it('has the program for terminals in a small file of its own, which needs Node alone', () => {
    const program = files.find(({ name }) => name === 'reltio-token.js');
    assert.ok(program !== undefined && program.bytes <= 5_000, `${program?.bytes} bytes`);
    const needed = readFileSync(join(outdir, 'reltio-token.js'), 'utf8').matchAll(/\brequire\(["']([^"']+)["']\)/g);
    assert.deepEqual(
      [...needed].map(([, name = '']) => name).filter((name) => !name.startsWith('node:')),
      [],
    );
    const holders = files.filter(({ inputs }) =>
      inputs.some((input) => input.endsWith('/terminal/client/reltioToken.ts')),
    );
    assert.deepEqual(holders, [program]);
  });

  it("asks for VS Code's API once in each file, and copies it nowhere", () => {
    const scripts = files.filter(({ name }) => name.endsWith('.js'));
    const using = scripts.flatMap(({ name }) => {
      const text = readFileSync(join(outdir, name), 'utf8');
      assert.doesNotMatch(text, /[\w$]\(require\("vscode"\)/, name);
      return text.split('require("vscode")').length > 1 ? [text] : [];
    });
    assert.ok(using.length > 5, `${using.length} files`);
    for (const text of using) assert.equal(text.split('require("vscode")').length, 2);
  });

  it('has the public suffix list as a compressed file beside the code that reads it', () => {
    const code = readFileSync(join(outdir, 'core-trust-publicSuffix.js'), 'utf8');
    assert.ok(code.length < 5_000, `${code.length} characters`);
    const data = files.filter(({ name }) => !name.endsWith('.js')).map(({ name }) => name);
    assert.deepEqual(data.sort(), ['llhttp.wasm.br', 'publicSuffixes.json.br']);
    const load = createRequire(join(outdir, 'x'));
    const { isPublicSuffix } = (load('./core-trust-publicSuffix.js') as Loaded).publicSuffix;
    assert.deepEqual(['co.uk', 'example.co.uk', 'github.io'].map(isPublicSuffix), [true, false, true]);
    const gone = join(outdir, 'gone');
    mkdirSync(gone);
    writeFileSync(join(gone, 'list.js'), code);
    assert.throws(() => load('./gone/list.js') as Loaded, { code: 'MODULE_NOT_FOUND' });
  });

  it('needs no file of a feature to send a request, but for the one that every window has loaded', () => {
    const ofCore = files.map(({ name }) => name).filter((name) => name.startsWith('core') && name.endsWith('.js'));
    assert.ok(ofCore.length > 2, `${ofCore.length} files`);
    const needed = ofCore.flatMap((name) => {
      const others = readFileSync(join(outdir, name), 'utf8').matchAll(/require\("\.\/(features[^"]*)"\)/g);
      return [...others].map(([, other]) => other);
    });
    assert.deepEqual([...new Set(needed)], ['features-statusBar-afterStart.js']);
  });

  it('has every late module once, but for complete files', () => {
    const complete = new Set([
      'extension',
      'reltio-token',
      ...(product.grouping.complete ?? []).map((one) => one.replaceAll('/', '-')),
    ]);
    const late = files.filter(({ name }) => !complete.has(name.replace(/\.js$/, '')));
    const modules = late.flatMap(({ inputs }) => inputs.filter((input) => input.startsWith('src/')));
    assert.ok(modules.length > 300, `${modules.length}`);
    const twice = modules.filter((module, index) => modules.indexOf(module) !== index);
    assert.deepEqual(twice, []);
  });

  it('loads after the start of a window one small file, which loads no other late file', () => {
    const name = 'features-statusBar-afterStart.js';
    const bytes = files.find((file) => file.name === name)?.bytes ?? Infinity;
    assert.ok(bytes <= 40_000, `${bytes} bytes`);
    const needed = readFileSync(join(outdir, name), 'utf8').matchAll(/\brequire\("\.\/([^"]+)"\)/g);
    assert.deepEqual([...new Set([...needed].map(([, file]) => file))], ['extension.js']);
  });

  it('has few late files, because each is compressed alone', () => {
    const scripts = files.filter(({ name }) => name.endsWith('.js'));
    assert.ok(scripts.length <= 12, `${scripts.length} files`);
  });
});
