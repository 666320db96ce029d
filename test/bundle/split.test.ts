import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
