import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createRequire } from 'node:module';
import { bundle, type BundleFile } from '../../scripts/packing/bundle';

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
    export const rare = async () => everyday('RARE-PATH') + sub + (await import('../rarer')).rarest;`,
  'src/rarer.ts': `export const rarest = 'RAREST-PATH';`,
  'node_modules/small-package/package.json': `{"name":"small-package","version":"1.0.0","main":"index.js"}`,
  'node_modules/small-package/index.js': `exports.value = 'PACKAGE-VALUE'; exports.lazy = () => import('./sub.js');`,
  'node_modules/small-package/sub.js': `exports.sub = 'PACKAGE-SUB';`,
};

interface OneVscode {
  withOneVscode(text: string): string;
}

const SHARING: Record<string, string> = {
  'sharing/extension.ts': `
    import { everyday } from './floor/everyday';
    import { partly } from './floor/partly';
    import { called } from './floor/host';
    import { lent } from './floor/lent';
    import { value } from 'small-package';
    Object.assign(globalThis, { loads: ((globalThis as { loads?: number }).loads ?? 0) + 1 });
    export const own = everyday('own') + partly + value + typeof called + lent;
    export const early = async () => (await import('./apart/early')).both;
    export const first = async () => (await import('./features/first/named')).named();
    export const second = () => import('./features/second/again');
    export const fourth = async () => (await import('./features/fourth/little')).little();
    export const fifth = async () => (await import('./features/fifth/least')).least();
    export const third = async () => (await import('./features/third/borrows')).borrows();
    export const alone = () => import('./apart/alone');`,
  'sharing/floor/everyday.ts': `export const everyday = (text: string) => 'EVERYDAY ' + text;`,
  'sharing/floor/partly.ts': `
    export const partly = 'PARTLY';
    export const rest = () => 'ONLY-LATE ' + String(Math.random() < 2);`,
  'sharing/floor/host.ts': `
    import * as vscode from 'vscode';
    export const called = () => vscode.HOST;`,
  'sharing/floor/common.ts': `
    import { rest } from './partly';
    export const common = () => 'COMMON ' + rest();
    (globalThis as { commons?: number }).commons = ((globalThis as { commons?: number }).commons ?? 0) + 1;`,
  'sharing/floor/ofOne.ts': `export const ofOne = 'OF-ONE';`,
  'sharing/features/first/named.ts': `
    import { everyday } from '../../floor/everyday';
    import * as module from '../../floor/common';
    import { value } from 'small-package';
    import { ofOne } from '../../floor/ofOne';
    export const named = async () => [everyday('named'), module.common(), ofOne, value, await (await import('./rarer')).rarer()].join(', ');`,
  'sharing/features/first/rarer.ts': `
    import { alone } from '../../apart/alone';
    export const rarer = async () => 'RARER ' + alone + typeof (await import('./named')).named;`,
  'sharing/features/second/again.ts': `
    import { common } from '../../floor/common';
    import { called } from '../../floor/host';
    export const again = () => common() + ' ' + typeof called;`,
  'sharing/floor/lent.ts': `export const lent = 'LENT', more = 'LENT-TOO';`,
  'sharing/floor/early.ts': `
    import { more } from './lent';
    export const early = 'EARLY ' + more;`,
  'sharing/features/third/borrows.ts': `
    import { early } from '../../floor/early';
    import { lent } from '../../floor/lent';
    export const borrows = () => early + ' ' + lent;`,
  'sharing/features/fourth/little.ts': `
    import { ofSmall } from '../../floor/ofSmall';
    export const little = () => 'LITTLE ' + ofSmall;`,
  'sharing/features/fifth/least.ts': `
    import { ofSmall } from '../../floor/ofSmall';
    export const least = () => 'LEAST ' + ofSmall;`,
  'sharing/floor/ofSmall.ts': `export const ofSmall = 'OF-SMALL';`,
  'sharing/apart/early.ts': `
    import { early } from '../floor/early';
    import { everyday } from '../floor/everyday';
    import { lent } from '../floor/lent';
    export const both = everyday(early + ' ' + lent);`,
  'sharing/apart/alone.ts': `export const alone = 'ALONE';`,
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

  it("asks for VS Code's API once, whatever esbuild has called the function that copies it", () => {
    const { withOneVscode } = createRequire(__filename)('../../scripts/packing/bundler/oneVscode.cjs') as OneVscode;
    for (const copy of ['__toESM', 'e', '$', '$e', 'e$', '$$']) {
      const text = withOneVscode(`"use strict";var a=${copy}(require("vscode")),b=${copy}(require("vscode"));`);
      assert.equal(text, '"use strict";const vscodeApi=require("vscode");var a=vscodeApi,b=vscodeApi;', copy);
    }
  });

  describe('with grouping', () => {
    const lends = { extension: ['floor/lent'], 'apart/early': ['floor/early'] };
    const options = {
      grouping: {
        floors: ['floor'],
        features: 'features',
        small: ['fourth', 'fifth'],
        apart: ['apart/alone', 'apart/early'],
        complete: ['apart/alone', 'apart/early'],
        lends,
      },
      sharedPackages: ['small-package'],
    };
    let load: NodeJS.Require;
    let files: readonly BundleFile[];
    before(async () => {
      write(SHARING);
      const outdir = join(folder, 'shared-dist');
      ({ files } = await bundle({ entry: join(folder, 'sharing/extension.ts'), outdir, ...options }));
      write({ 'shared-dist/node_modules/vscode/index.js': `exports.HOST = 'HOST';` });
      load = createRequire(join(folder, 'shared-dist/extension.js'));
    });
    const text = (name: string): string => readFileSync(join(folder, 'shared-dist', name), 'utf8');
    const holders = (words: string): string[] =>
      files.map(({ name }) => name).filter((name) => text(name).includes(words));

    it('has a late file for each large feature, for the small ones, for each floor and each module apart', () => {
      assert.deepEqual(files.map(({ name }) => name).sort(), [
        'apart-alone.js',
        'apart-early.js',
        'extension.js',
        'features-first.js',
        'features-second.js',
        'features-third.js',
        'features.js',
        'floor.js',
      ]);
    });

    it('puts them together again', async () => {
      const { first, second } = load('./extension.js') as {
        first: () => Promise<string>;
        second: () => Promise<{ again: () => string }>;
      };
      assert.equal(await first(), 'EVERYDAY named, COMMON ONLY-LATE true, OF-ONE, PACKAGE-VALUE, RARER ALONEfunction');
      assert.equal((await second()).again(), 'COMMON ONLY-LATE true function');
    });

    it('has packages that must exist once in the main file alone', () => {
      assert.deepEqual(holders('PACKAGE-VALUE'), ['extension.js']);
    });

    it('has in the main file what that uses and lends, and nothing else for the late files', () => {
      const main = load('./extension.js') as Record<string, object>;
      const own = ['alone', 'early', 'fifth', 'first', 'fourth', 'own', 'second', 'third'];
      assert.deepEqual(Object.keys(main).sort(), [...own, 'lent', 'small-package'].sort());
      assert.deepEqual(holders('EVERYDAY'), ['extension.js', 'apart-early.js', 'floor.js']);
      assert.deepEqual(holders('ONLY-LATE'), ['floor.js']);
    });

    it('has what a file lends in that alone, whoever uses it', async () => {
      const { early, third } = load('./extension.js') as Record<'early' | 'third', () => Promise<string>>;
      assert.equal(await early(), 'EVERYDAY EARLY LENT-TOO LENT');
      assert.equal(await third(), 'EARLY LENT-TOO LENT');
      assert.deepEqual(holders('LENT'), ['extension.js']);
      assert.deepEqual(holders('EARLY'), ['apart-early.js']);
    });

    it('has small features, and what only they need, in one file', async () => {
      const { fourth, fifth } = load('./extension.js') as Record<'fourth' | 'fifth', () => Promise<string>>;
      assert.deepEqual([await fourth(), await fifth()], ['LITTLE OF-SMALL', 'LEAST OF-SMALL']);
      for (const words of ['LITTLE', 'LEAST', 'OF-SMALL']) assert.deepEqual(holders(words), ['features.js']);
    });

    it('has a complete file need only the main file', () => {
      const needed = [...text('apart-early.js').matchAll(/require\("([^"]+)"\)/g)].map(([, name]) => name);
      assert.deepEqual([...new Set(needed)], ['./extension.js']);
    });

    it('has what several features need in the file of its floor, which is loaded once', () => {
      assert.deepEqual(holders('COMMON'), ['floor.js']);
      assert.equal((globalThis as { commons?: number }).commons, 1);
    });

    it('has what one feature needs in the file of that feature', () => {
      assert.deepEqual(holders('OF-ONE'), ['features-first.js']);
    });

    it('loads the main file once', () => {
      const { loads } = globalThis as { loads?: number };
      assert.equal(loads, 1);
    });

    it('leaves a late file complete that needs no other', () => {
      const alone = join(folder, 'alone');
      mkdirSync(alone);
      copyFileSync(join(folder, 'shared-dist/apart-alone.js'), join(alone, 'apart-alone.js'));
      const exported = createRequire(join(alone, 'x'))('./apart-alone.js') as Record<string, object>;
      assert.deepEqual({ ...exported['alone'] }, { alone: 'ALONE' });
    });

    it('says MODULE_NOT_FOUND where the files of an old version are gone', () => {
      const gone = join(folder, 'gone');
      mkdirSync(gone);
      copyFileSync(join(folder, 'shared-dist/features-first.js'), join(gone, 'features-first.js'));
      assert.throws(() => createRequire(join(gone, 'x'))('./features-first.js') as unknown, {
        code: 'MODULE_NOT_FOUND',
      });
    });

    it('gives the same files again', async () => {
      const outdir = join(folder, 'shared-again');
      await bundle({ entry: join(folder, 'sharing/extension.ts'), outdir, ...options });
      for (const { name } of files) assert.equal(readFileSync(join(outdir, name), 'utf8'), text(name), name);
    });

    it('does the same for development, with source maps', async () => {
      const outdir = join(folder, 'shared-dev');
      await bundle({ entry: join(folder, 'sharing/extension.ts'), outdir, ...options, dev: true });
      write({ 'shared-dev/node_modules/vscode/index.js': `exports.HOST = 'HOST';` });
      const dev = createRequire(join(outdir, 'x'))('./extension.js') as { first: () => Promise<string> };
      assert.match(await dev.first(), /^EVERYDAY named, COMMON/);
      assert.match(readFileSync(join(outdir, 'extension.js.map'), 'utf8'), /sharing\/floor\/everyday\.ts/);
    });
  });

  it('refuses a default export of a module in another file, which would not arrive', async () => {
    write({
      'default/extension.ts': `export const a = async () => (await import('./late')).default;`,
      'default/late.ts': `export default 1;`,
    });
    await assert.rejects(
      bundle({ entry: join(folder, 'default/extension.ts'), outdir: join(folder, 'default-dist') }),
      /late is in late\.js, so its exports need names/,
    );
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
      'clash/extension.ts': `export const a = import('./small/package'), b = import('small-package');`,
      'clash/small/package.ts': `export const two = 2;`,
    });
    await assert.rejects(
      bundle({ entry: join(folder, 'clash/extension.ts'), outdir: join(folder, 'clash-dist') }),
      /Two bundle files would be named small-package\.js/,
    );
  });

  function write(files: Record<string, string>): void {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
  }
});
