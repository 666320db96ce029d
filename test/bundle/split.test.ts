import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createRequire } from 'node:module';
import { bundle } from '../../scripts/packing/bundle';

const FIXTURE: Record<string, string> = {
  'src/extension.ts': `
    import { everyday } from './everyday';
    export const always = () => everyday('COMMON');
    export const seldom = async () => (await import('./rare/path')).rare();
    export const fromPackage = async () => (await import('small-package')).value;
    export const host = async () => (await import('node:path')).sep;`,
  'src/everyday.ts': `export const everyday = (text: string) => 'EVERYDAY ' + text;`,
  'src/rare/path.ts': `
    import { everyday } from '../everyday';
    import { sub } from 'small-package/sub';
    export const rare = async () => everyday('RARE-PATH') + sub + (await import('../rarer')).default;`,
  'src/rarer.ts': `export default 'RAREST-PATH';`,
  'node_modules/small-package/package.json': `{"name":"small-package","version":"1.0.0","main":"index.js"}`,
  'node_modules/small-package/index.js': `exports.value = 'PACKAGE-VALUE'; exports.lazy = () => import('./sub.js');`,
  'node_modules/small-package/sub.js': `exports.sub = 'PACKAGE-SUB';`,
};

const SHARING: Record<string, string> = {
  'sharing/extension.ts': `
    import { everyday } from './everyday';
    Object.assign(globalThis, { loads: ((globalThis as { loads?: number }).loads ?? 0) + 1 });
    export const own = everyday('own');
    export const named = async () => (await import('./late/named')).named();
    export const alone = () => import('./late/alone');
    export const again = () => import('./late/again');`,
  'sharing/everyday.ts': `export const everyday = (text: string) => 'EVERYDAY ' + text;`,
  'sharing/same/names.ts': `export const everyday = 'SAME';`,
  'sharing/late/named.ts': `
    import { everyday as first } from '../everyday';
    import { everyday } from '../same/names';
    export const named = async () => [first('named'), (await import('./all')).all(), everyday].join(', ');`,
  'sharing/late/all.ts': `
    import * as module from '../everyday';
    export const all = () => module.everyday('all');
    (globalThis as { alls?: number }).alls = ((globalThis as { alls?: number }).alls ?? 0) + 1;`,
  'sharing/late/alone.ts': `export const alone = 'ALONE';`,
  'sharing/late/again.ts': `
    import { all } from './all';
    export const again = all() + ' ALL';`,
};

describe('bundling', () => {
  let folder: string;
  const read = (name: string): string => readFileSync(join(folder, 'dist', name), 'utf8');

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'reltio-bundle-'));
    write(FIXTURE);
    await bundle({ entry: join(folder, 'src/extension.ts'), outdir: join(folder, 'dist') });
  });

  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('makes a file for each dynamic import of our own and of a package, at any depth', () => {
    assert.deepEqual(readdirSync(join(folder, 'dist')).sort(), [
      'extension.js',
      'rare-path.js',
      'rarer.js',
      'small-package.js',
    ]);
  });

  it('keeps what is imported dynamically out of the file that is always loaded', () => {
    assert.match(read('extension.js'), /EVERYDAY/);
    for (const late of ['RARE-PATH', 'RAREST-PATH', 'PACKAGE-VALUE', 'PACKAGE-SUB']) {
      assert.ok(!read('extension.js').includes(late), `${late} is in extension.js`);
    }
    assert.ok(!read('rare-path.js').includes('RAREST-PATH'));
  });

  it('loads a file only when its import is reached, and the parts work together', async () => {
    const load = createRequire(join(folder, 'dist/extension.js'));
    const product = load('./extension.js') as Record<string, () => unknown>;
    const loaded = (name: string): boolean => join(folder, 'dist', name) in load.cache;
    assert.equal(product['always']?.(), 'EVERYDAY COMMON');
    assert.equal(loaded('rare-path.js') || loaded('rarer.js') || loaded('small-package.js'), false);
    assert.equal(await product['seldom']?.(), 'EVERYDAY RARE-PATHPACKAGE-SUBRAREST-PATH');
    assert.equal(loaded('small-package.js'), false);
    assert.equal(await product['fromPackage']?.(), 'PACKAGE-VALUE');
    assert.equal(typeof (await product['host']?.()), 'string');
  });

  describe('with shared modules', () => {
    const shared = ['everyday', 'same/names'];
    let load: NodeJS.Require;
    before(async () => {
      write(SHARING);
      const outdir = join(folder, 'shared-dist');
      await bundle({ entry: join(folder, 'sharing/extension.ts'), outdir, shared, sharedLate: ['late/all'] });
      load = createRequire(join(folder, 'shared-dist/extension.js'));
    });
    const text = (name: string): string => readFileSync(join(folder, 'shared-dist', name), 'utf8');

    it('has them in the main file alone, however a late file imports them', async () => {
      const { named } = load('./extension.js') as { named: () => Promise<string> };
      assert.equal(await named(), 'EVERYDAY named, EVERYDAY all, SAME');
      for (const late of ['late-named.js', 'late-all.js']) {
        assert.doesNotMatch(text(late), /EVERYDAY|SAME/);
      }
    });

    it('has the exports of the entry, and each shared module under its name', () => {
      const main = load('./extension.js') as Record<string, object>;
      assert.deepEqual(Object.keys(main).sort(), ['again', 'alone', 'everyday', 'named', 'own', 'same/names']);
      assert.deepEqual(Object.keys(main['everyday'] ?? {}), ['everyday']);
      assert.deepEqual(main['same/names'], { everyday: 'SAME' });
    });

    it('takes a shared late module from its own file, which is loaded once', async () => {
      const { again } = load('./extension.js') as { again: () => Promise<{ again: string }> };
      assert.equal((await again()).again, 'EVERYDAY all ALL');
      assert.match(text('late-again.js'), /late-all\.js/);
      assert.equal((globalThis as { alls?: number }).alls, 1);
    });

    it('needs an import() that reaches a shared late module', async () => {
      const unreached = bundle({
        entry: join(folder, 'sharing/extension.ts'),
        outdir: join(folder, 'unreached-dist'),
        sharedLate: ['everyday'],
      });
      await assert.rejects(unreached, /No import\(\) reaches everyday/);
    });

    it('loads the main file once', () => {
      const { loads } = globalThis as { loads?: number };
      assert.equal(loads, 1);
    });

    it('leaves a late file complete that uses none of them', async () => {
      const alone = join(folder, 'alone');
      mkdirSync(alone);
      copyFileSync(join(folder, 'shared-dist/late-alone.js'), join(alone, 'late-alone.js'));
      assert.deepEqual({ ...(createRequire(join(alone, 'x'))('./late-alone.js') as object) }, { alone: 'ALONE' });
    });

    it('says MODULE_NOT_FOUND where the files of an old version are gone', async () => {
      const gone = join(folder, 'gone');
      mkdirSync(gone);
      copyFileSync(join(folder, 'shared-dist/late-named.js'), join(gone, 'late-named.js'));
      assert.throws(() => createRequire(join(gone, 'x'))('./late-named.js') as unknown, { code: 'MODULE_NOT_FOUND' });
    });

    it('does the same for development, with source maps', async () => {
      const outdir = join(folder, 'shared-dev');
      await bundle({ entry: join(folder, 'sharing/extension.ts'), outdir, shared, dev: true });
      const dev = createRequire(join(outdir, 'x'))('./extension.js') as { named: () => Promise<string> };
      assert.equal(await dev.named(), 'EVERYDAY named, EVERYDAY all, SAME');
      assert.match(readFileSync(join(outdir, 'extension.js.map'), 'utf8'), /sharing\/everyday\.ts/);
    });

    it('needs each of them to exist', async () => {
      const misspelt = bundle({
        entry: join(folder, 'sharing/extension.ts'),
        outdir: join(folder, 'misspelt-dist'),
        shared: ['everyday', 'renamed'],
      });
      await assert.rejects(misspelt, /Could not resolve ".\/renamed"/);
    });
  });

  it('is minified without source maps for production, and readable with them for development', async () => {
    assert.ok(!read('extension.js').includes('sourceMappingURL'));
    const outdir = join(folder, 'dev');
    await bundle({ entry: join(folder, 'src/extension.ts'), outdir, dev: true });
    const dev = readFileSync(join(outdir, 'extension.js'), 'utf8');
    assert.match(dev, /sourceMappingURL=extension\.js\.map/);
    assert.ok(dev.length > read('extension.js').length);
  });

  it('refuses two files with the same name', async () => {
    write({
      'clash/extension.ts': `export const a = [import('./a/b'), import('./a-b')];`,
      'clash/a/b.ts': `export const one = 1;`,
      'clash/a-b.ts': `export const two = 2;`,
    });
    await assert.rejects(
      bundle({ entry: join(folder, 'clash/extension.ts'), outdir: join(folder, 'clash-dist') }),
      /Two bundle files would be named a-b\.js/,
    );
  });

  function write(files: Record<string, string>): void {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
  }
});
