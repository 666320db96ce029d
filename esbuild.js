'use strict';
// Bundles src/extension.ts to dist/extension.js. What only `await import(…)` reaches (rarely used code of ours, or a package)
// becomes a bundle file of its own, so that it is not loaded before it is needed. A few modules that many of these late files
// need stay in extension.js, and the late files take them from there.
//   node esbuild.js            production: minified, no source maps
//   node esbuild.js --dev      readable, with source maps
//   node esbuild.js --watch    the same, again after each change below src
const esbuild = require('esbuild');
const { builtinModules } = require('node:module');
const fs = require('node:fs');
const path = require('node:path');

const PRODUCT_FOLDER = 'dist';
const product = {
  entry: path.join(__dirname, 'src/extension.ts'),
  /**
   * What extension.js needs whole in any case, and many other files need too. Only modules without state, without `vscode`
   * and without anything secret: another extension could reach them as well.
   */
  shared: [
    'core/base/displayText',
    'core/base/failureTable',
    'core/model/account',
    'core/model/remedy',
    'editor/commandIds',
    'editor/messages/accountText',
    'editor/messages/timeText',
    'editor/settings/settingTable',
  ],
  /** Packages that extension.js needs in any case. It holds the texts in the user's language, so there must be one copy. */
  sharedPackages: ['@vscode/l10n'],
  /** Late files of their own that many other late files need: these take them from there instead of holding a copy. */
  sharedLate: ['editor/messages/messages'],
  /**
   * Programs that run outside VS Code, each a file of its own: name and module. They start in terminals, so they are small, and
   * run in the Node of any VS Code.
   */
  programs: { 'reltio-token': 'core/terminal/client/reltioToken' },
};

/**
 * Bundles an entry point to `<outdir>/<entry name>.js` and every dynamic import, however deep, to `<outdir>/<name>.js`.
 *
 * The entry's file exports the `shared` modules beside its own exports, and the other files take them from there. Anything
 * else a file holds itself: a module used on both sides of an `import()` exists twice. So modules keep no state at top
 * level, and errors are distinguished by `code`, not by `instanceof`. A file without a shared module is complete, and can be
 * loaded alone.
 *
 * @param {{ entry: string, outdir: string, dev?: boolean, shared?: readonly string[], sharedPackages?: readonly string[], sharedLate?: readonly string[], programs?: Record<string, string> }} options
 *   shared, sharedLate: modules, as paths from the folder of the entry, without extension
 *   programs: further files, by name: modules that are bundled alone, with everything that they import
 * @returns {Promise<{ files: { name: string, bytes: number, inputs: string[] }[] }>}
 */
async function bundle({
  entry,
  outdir,
  dev = false,
  shared = [],
  sharedPackages = [],
  sharedLate = [],
  programs = {},
}) {
  const root = path.dirname(path.resolve(entry));
  const main = path.basename(entry, path.extname(entry));
  const queue = [{ name: main, file: path.resolve(entry) }];
  const known = new Map(queue.map((item) => [item.name, item.file]));
  const files = [];

  /** @type {(file: string, asked: string) => { name: string } | { text: string }} */
  const enqueue = (file, asked) => {
    const name = isOurs(file, root) ? flatName(path.relative(root, file)) : flatName(asked);
    const before = known.get(name);
    if (before !== undefined && before !== file) {
      return { text: `Two bundle files would be named ${name}.js: ${before} and ${file}. Rename one of them.` };
    }
    if (before === undefined) {
      known.set(name, file);
      queue.push({ name, file });
    }
    return { name };
  };

  for (let item = queue.shift(); item !== undefined; item = queue.shift()) {
    const split = splitAtDynamicImports(item.file, enqueue);
    const result = await esbuild.build({
      ...settings(dev),
      outfile: path.join(outdir, `${item.name}.js`),
      ...(item.name === main
        ? { stdin: { contents: exporting(`./${main}`, shared, sharedPackages), resolveDir: root }, plugins: [split] }
        : {
            entryPoints: [item.file],
            plugins: [
              split,
              takeLate(item.file, root, sharedLate),
              takeFrom(`./${main}.js`, root, [...shared, ...sharedPackages]),
            ],
          }),
    });
    files.push(...(await filesOf(result)));
  }
  for (const [name, module] of Object.entries(programs)) {
    const result = await esbuild.build({
      ...settings(dev),
      target: 'node18',
      entryPoints: [path.join(root, module)],
      outfile: path.join(outdir, `${name}.js`),
    });
    files.push(...(await filesOf(result)));
  }
  const missing = sharedLate.find((name) => !known.has(flatName(name)));
  if (missing !== undefined) throw new Error(`No import() reaches ${missing}, so it has no file of its own.`);
  return { files };
}

/** @param {import('esbuild').BuildResult<{ metafile: true }>} result */
async function filesOf({ warnings, metafile }) {
  if (warnings.length > 0) throw new Error(await readable(warnings));
  return Object.entries(metafile.outputs)
    .filter(([file]) => file.endsWith('.js'))
    .map(([file, { bytes, inputs }]) => ({ name: path.basename(file), bytes, inputs: Object.keys(inputs) }));
}

/** Bundles each entry as it is, `import()` included: for test modules, which are never shipped. */
async function bundleTests({ entries, outdir, outbase, external = [] }) {
  await esbuild.build({
    ...settings(true),
    entryPoints: entries,
    outdir,
    outbase,
    external: ['vscode', 'mocha', ...external],
    metafile: false,
  });
}

/** @returns {import('esbuild').BuildOptions & { metafile: true }} */
function settings(dev) {
  return {
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    external: ['vscode'],
    // The build of this package for Node can also read files, which VS Code does for us.
    alias: { '@vscode/l10n': path.join(__dirname, 'node_modules/@vscode/l10n/dist/browser.js') },
    // `import()` of another bundle file becomes `require`: VS Code provides `vscode` through `require` only.
    // Node 20 knows property escapes. As `new RegExp(…)`, unused ones of packages would stay in the bundle.
    supported: { 'dynamic-import': false, 'regexp-unicode-property-escapes': true },
    minify: !dev,
    sourcemap: dev ? 'linked' : false,
    legalComments: 'none',
    charset: 'utf8',
    metafile: true,
    logLevel: 'silent',
  };
}

/** @returns {import('esbuild').Plugin} */
function splitAtDynamicImports(self, enqueue) {
  const resolving = Symbol('resolving');
  return {
    name: 'split-at-dynamic-imports',
    setup(build) {
      build.onResolve({ filter: /.*/ }, async (args) => {
        if (args.kind !== 'dynamic-import' || args.pluginData === resolving || isHost(args.path)) return undefined;
        const found = await build.resolve(args.path, {
          kind: 'dynamic-import',
          importer: args.importer,
          resolveDir: args.resolveDir,
          pluginData: resolving,
        });
        if (found.errors.length > 0) return { errors: found.errors };
        if (found.external) return found;
        // A package's own `import()` stays inside the file that the package is in.
        if (isPackage(args.importer)) return undefined;
        if (found.path === self) return { errors: [{ text: `${args.path} imports itself` }] };
        const late = enqueue(found.path, args.path);
        return 'text' in late ? { errors: [late] } : { path: `./${late.name}.js`, external: true };
      });
    },
  };
}

/** A module with the exports of the entry, and each shared module as one more. */
function exporting(entry, shared, packages) {
  return [
    `export * from ${JSON.stringify(entry)};`,
    ...shared.map((name) => `export * as ${JSON.stringify(name)} from ${JSON.stringify(`./${name}`)};`),
    ...packages.map((name) => `export * as ${JSON.stringify(name)} from ${JSON.stringify(name)};`),
  ].join('\n');
}

/**
 * Replaces the shared modules by those that the main file has loaded. Where VS Code has deleted the files of an old version,
 * loading fails with `MODULE_NOT_FOUND`, as it does for the late file itself.
 *
 * @returns {import('esbuild').Plugin}
 */
function takeFrom(main, root, shared) {
  const namespace = 'shared';
  return {
    name: 'take-shared-modules',
    setup(build) {
      build.onResolve({ filter: /.*/, namespace: 'file' }, ({ kind, path: asked, resolveDir }) => {
        const name = asked.startsWith('.')
          ? path.relative(root, path.resolve(resolveDir, asked)).replaceAll(path.sep, '/')
          : asked;
        return kind === 'import-statement' && shared.includes(name) ? { path: name, namespace } : undefined;
      });
      build.onResolve({ filter: /.*/, namespace }, () => ({ path: main, external: true }));
      build.onLoad({ filter: /.*/, namespace }, ({ path: name }) => ({
        contents: `module.exports = require(${JSON.stringify(main)})[${JSON.stringify(name)}];`,
      }));
    },
  };
}

/**
 * Replaces a static import of a shared late module by its bundle file. `import()` somewhere must reach it, or there is no file.
 *
 * @returns {import('esbuild').Plugin}
 */
function takeLate(self, root, sharedLate) {
  return {
    name: 'take-shared-late-modules',
    setup(build) {
      build.onResolve({ filter: /^\./, namespace: 'file' }, ({ kind, path: asked, resolveDir }) => {
        const file = path.resolve(resolveDir, asked);
        const name = path.relative(root, file).replaceAll(path.sep, '/');
        return kind === 'import-statement' && sharedLate.includes(name) && `${file}.ts` !== self
          ? { path: `./${flatName(name)}.js`, external: true }
          : undefined;
      });
    },
  };
}

async function readable(messages) {
  return (await esbuild.formatMessages(messages, { kind: 'warning' })).join('\n');
}

function isHost(specifier) {
  return specifier === 'vscode' || specifier.startsWith('node:') || builtinModules.includes(specifier);
}

function isPackage(file) {
  return file.split(path.sep).includes('node_modules');
}

function isOurs(file, root) {
  return !isPackage(path.relative(root, file)) && !path.relative(root, file).startsWith('..');
}

/** `network/proxy.ts` → `network-proxy`, `@scope/package/sub` → `scope-package-sub`. */
function flatName(name) {
  return name
    .replace(/\.[cm]?[jt]sx?$/, '')
    .replace(/^@/, '')
    .replace(/[\\/]+/g, '-')
    .replace(/^[.-]+/, '');
}

/**
 * Builds for development, and again after each change in the folder of the entry. Prints what .vscode/tasks.json
 * expects: a line when a build starts and when it ends, and between them a line for each mistake.
 *
 * @param {{ entry: string, outdir: string, shared?: readonly string[], sharedPackages?: readonly string[], sharedLate?: readonly string[], programs?: Record<string, string>, print?: (line: string) => void }} options
 * @returns {() => void} stops watching
 */
function watch({ entry, outdir, shared, sharedPackages, sharedLate, programs, print = console.log }) {
  const root = path.dirname(path.resolve(entry));
  let timer;
  let work = Promise.resolve();

  const build = async () => {
    print('Building …');
    const mistakes = await bundle({ entry, outdir, shared, sharedPackages, sharedLate, programs, dev: true }).then(
      () => [],
      mistakesOf,
    );
    for (const mistake of mistakes) print(mistake);
    print(mistakes.length === 0 ? 'Built. Waiting for changes.' : 'Not built. Waiting for changes.');
  };
  const soon = () => {
    clearTimeout(timer);
    // editors write a file in several steps
    timer = setTimeout(() => (work = work.then(build)), 100);
  };
  const watcher = fs.watch(root, { recursive: true }, soon);
  soon();
  return () => {
    clearTimeout(timer);
    watcher.close();
  };
}

/** @returns {string[]} `file:line:column: error: text` */
function mistakesOf(error) {
  const { errors } = error;
  if (!Array.isArray(errors)) return [error instanceof Error ? error.message : String(error)];
  return errors.map(({ text, location }) =>
    location === null
      ? `error: ${text}`
      : `${location.file}:${location.line}:${location.column + 1}: error: ${text.replaceAll('\n', ' ')}`,
  );
}

module.exports = { bundle, bundleTests, product, watch };

if (require.main === module) {
  const outdir = path.join(__dirname, PRODUCT_FOLDER);
  fs.rmSync(outdir, { recursive: true, force: true });
  if (process.argv.includes('--watch')) {
    watch({ ...product, outdir });
  } else {
    bundle({ ...product, outdir, dev: process.argv.includes('--dev') }).then(
      ({ files }) => {
        for (const file of files) console.log(`${PRODUCT_FOLDER}/${file.name}  ${(file.bytes / 1000).toFixed(1)} kB`);
      },
      (error) => {
        console.error(error instanceof Error ? error.message : error);
        process.exitCode = 1;
      },
    );
  }
}
