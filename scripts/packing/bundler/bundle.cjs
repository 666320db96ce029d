'use strict';
const esbuild = require('esbuild');
const fs = require('node:fs');
const path = require('node:path');
const { readModules } = require('./modules.cjs');
const { dataFiles } = require('./dataFile.cjs');
const { exportNames, exportsOf, fileName, placeLate } = require('./placement.cjs');
const { withOneVscode } = require('./oneVscode.cjs');
const { settings } = require('./settings.cjs');
const { takeFromOtherFiles, withProperties } = require('./takeFromOtherFiles.cjs');
const { isLeftOut, trimUndici } = require('./trimUndici.cjs');

/**
 * Bundles an entry to `<outdir>/<entry name>.js`, and what only `import()` reaches to late files beside it.
 *
 * A late file is complete, but for what the grouping puts into another late file, and what other files lend. So any other module
 * that both sides of an `import()` need exists twice: the file of the entry, which every window loads, has only what it uses
 * itself and lends. Modules keep no state at top level, and errors are distinguished by `code`, not by `instanceof`.
 *
 * @param {{ entry: string, outdir: string, dev?: boolean, grouping?: import('./placement.cjs').Grouping, sharedPackages?: readonly string[], data?: readonly string[], programs?: Record<string, string> }} options
 *   sharedPackages: packages that every file takes from the file of the entry, because there must be one copy
 *   data: JSON modules that are compressed files beside the bundle
 *   programs: further files, by name: modules that are bundled alone, with everything that they import
 * @returns {Promise<{ files: { name: string, bytes: number, inputs: string[] }[] }>}
 */
async function bundle({ entry, outdir, dev = false, grouping, sharedPackages = [], data = [], programs = {} }) {
  const root = path.dirname(path.resolve(entry));
  const main = path.basename(entry, path.extname(entry));
  const { modules, late, latePackages } = await readModules(path.resolve(entry));
  const fileOf = placeLate(modules, late, grouping);
  const complete = new Set((grouping?.complete ?? []).map(fileName));
  const assets = new Map();
  const addFile = (file) => assets.set(file.name, file);
  /** What every window loads first takes nothing from files that are loaded later, and a complete file from nothing else. */
  const takes = (name, home) =>
    home !== undefined && home !== name && name !== main && (home === main || !complete.has(name));
  const exported = exportsOf(modules, late, fileOf, takes);
  const exportName = exportNames(exported);
  const build = (name, contents) =>
    esbuild.build({
      ...settings(dev),
      stdin: { contents, resolveDir: root, sourcefile: `${name}.js` },
      outfile: path.join(outdir, `${name}.js`),
      plugins: [
        takeFromOtherFiles({ root, name, main, modules, fileOf, takes, exportName, sharedPackages }),
        trimUndici(addFile),
        dataFiles(root, data, addFile),
      ],
    });

  const ofEntry = [`export * from ${JSON.stringify(`./${main}`)};`, ...sharedPackages.map(packageExport)];
  const contents = new Map([[main, ofEntry.join('\n')]]);
  const add = (name, text) => {
    if (contents.has(name) || name in programs) throw new Error(`Two bundle files would be named ${name}.js.`);
    contents.set(name, text);
  };
  for (const [name, held] of exported) {
    const text = held.map((module) => moduleExport(module, exportName(module))).join('\n');
    if (name === main) contents.set(main, `${contents.get(main)}\n${text}`);
    else add(name, text);
  }
  for (const name of latePackages) add(fileName(name), `module.exports = require(${JSON.stringify(name)});`);

  const results = await Promise.all([
    ...[...contents].map(([name, text]) => build(name, text)),
    ...Object.entries(programs).map(([name, module]) =>
      esbuild.build({
        ...settings(dev),
        target: 'node18',
        entryPoints: [path.join(root, module)],
        outfile: path.join(outdir, `${name}.js`),
      }),
    ),
  ]);
  for (const result of results) await failOnWarnings(result);
  fs.mkdirSync(outdir, { recursive: true });
  const written = results.flatMap(({ metafile, outputFiles }) =>
    outputFiles.map((output) => {
      const isScript = output.path.endsWith('.js');
      const bytes = isScript ? Buffer.from(withOneVscode(withProperties(output.text))) : output.contents;
      const inputs = isScript ? inputsOf(metafile) : [];
      return { name: path.basename(output.path), bytes, inputs };
    }),
  );
  const files = [...written, ...[...assets.values()].map((file) => ({ ...file, inputs: [] }))];
  for (const { name, bytes } of files) fs.writeFileSync(path.join(outdir, name), bytes);
  return {
    files: files
      .filter(({ name }) => !name.endsWith('.map'))
      .map(({ name, bytes, inputs }) => ({ name, bytes: bytes.length, inputs })),
  };
}

function moduleExport(module, name) {
  return `export * as ${JSON.stringify(name)} from ${JSON.stringify(`./${module}`)};`;
}

function packageExport(name) {
  return `export * as ${JSON.stringify(name)} from ${JSON.stringify(name)};`;
}

async function failOnWarnings({ warnings }) {
  if (warnings.length === 0) return;
  throw new Error((await esbuild.formatMessages(warnings, { kind: 'warning' })).join('\n'));
}

/** The modules inside, as paths from the working directory. */
function inputsOf({ outputs }) {
  return Object.values(outputs)
    .flatMap(({ inputs }) => Object.keys(inputs))
    .filter((input) => !isLeftOut(input));
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
    write: true,
  });
}

module.exports = { bundle, bundleTests };
