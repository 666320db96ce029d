'use strict';
const esbuild = require('esbuild');
const { isBuiltin } = require('node:module');
const path = require('node:path');
const { settings } = require('./settings.cjs');

/**
 * What imports what: every module of ours that the entry reaches, as a path from its folder, without extension.
 *
 * @typedef {{ imports: string[], late: string[], usesVscode: boolean }} Module
 * @param {string} entry
 * @returns {Promise<{ modules: Map<string, Module>, late: Set<string>, latePackages: Set<string> }>}
 *   late: what an `import()` leads to
 */
async function readModules(entry) {
  const root = path.dirname(entry);
  const { metafile } = await esbuild.build({
    ...settings(true),
    entryPoints: [entry],
    packages: 'external',
    sourcemap: false,
  });
  const modules = new Map();
  const late = new Set();
  const latePackages = new Set();
  const relative = (file) => path.relative(root, path.resolve(file)).split(path.sep).join('/');
  for (const [file, { imports }] of Object.entries(metafile.inputs)) {
    if (!isOurs(relative(file))) continue;
    const found = (kind) => imports.filter((one) => one.kind === kind);
    const ours = (kind) =>
      found(kind).flatMap(({ external, path: to }) =>
        !external && isOurs(relative(to)) ? [moduleName(relative(to))] : [],
      );
    modules.set(moduleName(relative(file)), {
      imports: ours('import-statement'),
      late: ours('dynamic-import'),
      usesVscode: found('import-statement').some((one) => one.path === 'vscode'),
    });
    for (const name of ours('dynamic-import')) late.add(name);
    for (const one of found('dynamic-import')) {
      if (one.external && !isHost(one.path)) latePackages.add(one.path);
    }
  }
  return { modules, late, latePackages };
}

function isHost(specifier) {
  return specifier === 'vscode' || isBuiltin(specifier);
}

/** A module of TypeScript at or below the folder of the entry. */
function isOurs(file) {
  return /\.[cm]?tsx?$/.test(file) && !file.startsWith('..') && !file.split('/').includes('node_modules');
}

function moduleName(file) {
  return file.replace(/\.[cm]?tsx?$/, '');
}

/** The modules and all that they import, however deep. */
function closure(modules, starts) {
  const reached = new Set();
  const queue = [...starts];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    if (reached.has(name)) continue;
    reached.add(name);
    queue.push(...(modules.get(name)?.imports ?? []));
  }
  return reached;
}

module.exports = { closure, isHost, moduleName, readModules };
