'use strict';
const path = require('node:path');

const ROOT = path.resolve(__dirname, '../../..');

/** @returns {import('esbuild').BuildOptions & { metafile: true }} */
function settings(dev) {
  return {
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    external: ['vscode'],
    // The build of this package for Node can also read files, which VS Code does for us.
    alias: { '@vscode/l10n': path.join(ROOT, 'node_modules/@vscode/l10n/dist/browser.js') },
    // `import()` of another bundle file becomes `require`: VS Code provides `vscode` through `require` only.
    // Node 20 knows property escapes. As `new RegExp(…)`, unused ones of packages would stay in the bundle.
    supported: { 'dynamic-import': false, 'regexp-unicode-property-escapes': true },
    minify: !dev,
    sourcemap: dev ? 'linked' : false,
    legalComments: 'none',
    charset: 'utf8',
    metafile: true,
    write: false,
    logLevel: 'silent',
  };
}

module.exports = { settings };
