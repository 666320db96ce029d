'use strict';
const fs = require('node:fs');
const path = require('node:path');
const zlib = require('node:zlib');

/**
 * Large data is a file beside the bundle, compressed better than the package compresses. Code never is: who looks into a package has
 * to be able to read it.
 *
 * @param {string} name
 * @param {Uint8Array} bytes
 * @returns {{ file: { name: string, bytes: Buffer }, expression: string }}
 *   expression: reads the data. Where VS Code has deleted the file with an old version, it fails with `MODULE_NOT_FOUND`.
 */
function dataFile(name, bytes) {
  const file = `${name}.br`;
  const params = { [zlib.constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  const expression =
    `require('node:zlib').brotliDecompressSync(require('node:fs').readFileSync(` +
    `require('node:module').createRequire(__filename).resolve(${JSON.stringify(`./${file}`)})))`;
  return { file: { name: file, bytes: zlib.brotliCompressSync(bytes, { params }) }, expression };
}

/**
 * Replaces JSON modules by their files.
 *
 * @param {readonly string[]} data paths from the root
 * @param {(file: { name: string, bytes: Buffer }) => void} addFile
 * @returns {import('esbuild').Plugin}
 */
function dataFiles(root, data, addFile) {
  return {
    name: 'data-files',
    setup(build) {
      build.onLoad({ filter: /\.json$/ }, ({ path: file }) => {
        const relative = path.relative(root, file).split(path.sep).join('/');
        if (!data.includes(relative)) return undefined;
        const value = JSON.stringify(JSON.parse(fs.readFileSync(file, 'utf8')));
        const made = dataFile(path.basename(file), Buffer.from(value));
        addFile(made.file);
        return { contents: `export default JSON.parse(${made.expression});` };
      });
    },
  };
}

module.exports = { dataFile, dataFiles };
