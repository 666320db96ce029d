'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { isHost, moduleName } = require('./modules.cjs');
const { fileName } = require('./placement.cjs');

/**
 * While one bundle file is built: replaces the modules that are in other files by those. `import()` always leads to a file.
 *
 * Where VS Code has deleted the files of an old version, loading fails with `MODULE_NOT_FOUND`.
 *
 * @param {{ root: string, name: string, main: string, modules: Map<string, unknown>, fileOf: (module: string) => string | undefined, takes: (file: string, other: string | undefined) => boolean, exportName: (module: string) => string, sharedPackages: readonly string[] }} options
 *   name: of the file that is built
 * @returns {import('esbuild').Plugin}
 */
function takeFromOtherFiles({ root, name, main, modules, fileOf, takes, exportName, sharedPackages }) {
  return {
    name: 'take-from-other-files',
    setup(build) {
      build.onResolve({ filter: /.*/, namespace: 'file' }, ({ kind, importer, resolveDir, path: asked }) => {
        if (kind !== 'import-statement' && kind !== 'dynamic-import') return undefined;
        if (!modules.has(moduleOf(root, importer))) return undefined; // a package's own imports stay in its file
        const isLate = kind === 'dynamic-import';
        if (!asked.startsWith('.')) {
          if (name !== main && sharedPackages.includes(asked)) return { path: `./${main}.js#${asked}`, external: true };
          return isLate && !isHost(asked) ? { path: `./${fileName(asked)}.js`, external: true } : undefined;
        }
        const module = moduleOf(root, path.resolve(resolveDir, asked));
        if (!modules.has(module)) return undefined;
        const home = fileOf(module);
        return isLate || takes(name, home) ? elsewhere(module, home) : undefined;
      });
    },
  };

  function elsewhere(module, home) {
    return hasDefaultExport(root, module)
      ? { errors: [{ text: `${module} is in ${home}.js, so its exports need names.` }] }
      : { path: `./${home}.js#${exportName(module)}`, external: true };
  }
}

/** A module of another file is one property of what that file exports: `require("./file.js#module")` in what esbuild wrote. */
function withProperties(text) {
  return text.replace(/\brequire\("(\.\/[\w.-]+\.js)#([^"]+)"\)/g, (_, file, name) =>
    /^[A-Za-z_]\w*$/.test(name) ? `require("${file}").${name}` : `require("${file}")["${name}"]`,
  );
}

/** A file takes namespaces from another one, and esbuild gives these no default. */
function hasDefaultExport(root, module) {
  const file = path.join(root, `${module}.ts`);
  return fs.existsSync(file) && /^export default\b/m.test(fs.readFileSync(file, 'utf8'));
}

function moduleOf(root, file) {
  return moduleName(path.relative(root, file).split(path.sep).join('/'));
}

module.exports = { takeFromOtherFiles, withProperties };
