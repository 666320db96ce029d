'use strict';
// undici sends requests in more ways than ExplicitClient uses, and its modules load these in any case. Without them its bundle file is
// a third as large. What is left is undici as it was installed.
const { createRequire } = require('node:module');
const { dataFile } = require('./dataFile.cjs');

const UNDICI = /^.*[\\/]undici[\\/]lib[\\/]/;

const unreached = (what) => `throw new Error('${what} is left out of this undici.');`;

/** Modules that ExplicitClient never reaches. If it ever does, what stands in for them says so. */
const LEFT_OUT = {
  // bodies that are a FormData
  'web/fetch/body.js': `exports.extractBody = () => { ${unreached('FormData')} };`,
  // servers are offered HTTP/1.1 only, unless `allowH2` is set
  'dispatcher/client-h2.js': `module.exports = () => { ${unreached('HTTP/2')} };`,
  'dispatcher/socks5-proxy-agent.js': `module.exports = class { constructor() { ${unreached('SOCKS')} } };`,
};

/** Modules that are there in a smaller form. */
const SMALLER = {
  // of the tables of the parser, those that its answers need
  'llhttp/constants.js': (file) => {
    const { ERROR, TYPE } = createRequire(file)(file);
    return `module.exports = ${JSON.stringify({ ERROR, TYPE })};`;
  },
  // undici has the parser twice, as text: for processors with SIMD, and for all
  'llhttp/llhttp_simd-wasm.js': () => `module.exports = require('./llhttp-wasm.js');`,
  'llhttp/llhttp-wasm.js': (file) => `module.exports = ${parser(file).expression};`,
  // it reports to subscribers of `node:diagnostics_channel`, who are told of the requests of every undici
  'core/diagnostics.js': () => `
    const silent = { hasSubscribers: false };
    exports.channels = new Proxy({}, { get: () => silent });`,
};

/**
 * Builds undici without what ExplicitClient does not use, and its parser as a file beside the bundle.
 *
 * @param {(file: { name: string, bytes: Buffer }) => void} addFile
 * @returns {import('esbuild').Plugin}
 */
function trimUndici(addFile) {
  return {
    name: 'trim-undici',
    setup(build) {
      build.onLoad({ filter: UNDICI }, ({ path: file }) => {
        const module = moduleOf(file);
        if (module === 'llhttp/llhttp-wasm.js') addFile(parser(file).file);
        if (isLeftOut(file)) return { contents: LEFT_OUT[module] };
        return Object.hasOwn(SMALLER, module) ? { contents: SMALLER[module](file) } : undefined;
      });
    },
  };
}

function parser(file) {
  return dataFile('llhttp.wasm', createRequire(file)(file));
}

function moduleOf(file) {
  return file.replace(UNDICI, '').replaceAll('\\', '/');
}

function isLeftOut(file) {
  return UNDICI.test(file) && Object.hasOwn(LEFT_OUT, moduleOf(file));
}

module.exports = { isLeftOut, trimUndici };
