'use strict';
// Bundles src/extension.ts to dist/extension.js. What only `await import(…)` reaches (rarely used code of ours) becomes late
// files beside it, so that it is not loaded before it is needed.
//   node esbuild.js            production: minified, no source maps
//   node esbuild.js --dev      readable, with source maps
//   node esbuild.js --watch    the same, again after each change below src
const fs = require('node:fs');
const path = require('node:path');
const { bundle, bundleTests } = require('./scripts/packing/bundler/bundle.cjs');
const { watch } = require('./scripts/packing/bundler/watch.cjs');

const PRODUCT_FOLDER = 'dist';

/**
 * What other files take from the two that every window loads. Each of them needs nearly all of what it lends: it holds lent
 * modules whole.
 */
const lends = {
  extension: [
    'core/base/displayText',
    'core/base/failureTable',
    'core/base/textTag',
    'core/locking/windowLock',
    'core/model/account',
    'core/model/accountKind',
    'core/model/failureToReport',
    'core/model/refreshErrors',
    'core/model/remedy',
    'core/storage/sessionDocument',
    'editor/commandIds',
    'editor/messages/accountText',
    'editor/messages/lateMessages',
    'editor/messages/whenText',
    'editor/settings/networkConfiguration',
    'editor/settings/settingTable',
    'features/statusBar/clipboardText',
    'features/statusBar/firstEntries',
    'features/statusBar/state',
  ],
  'features/statusBar/afterStart': [
    'core/network/tls/tlsCode',
    'editor/messages/connectionText',
    'editor/messages/messages',
    'editor/messages/networkSentences',
    'editor/messages/serverSentences',
    'editor/messages/sessionSentences',
    'editor/messages/sessionText',
    'editor/messages/signInSentences',
    'features/statusBar/localProxy/localProxyText',
  ],
};
const product = {
  entry: path.join(__dirname, 'src/extension.ts'),
  grouping: {
    floors: ['core', 'editor'],
    features: 'features',
    /** What a user runs now and then, a few kilobytes each. */
    small: [
      'accounts',
      'api',
      'clientCertificate',
      'diagnosis',
      'environments',
      'gettingStarted',
      'statusBar',
      'whoAmI',
    ],
    /** What few windows need, and what all of them load soon after they have started. */
    apart: ['core/network/explicitClient', 'core/trust/publicSuffix', 'features/statusBar/afterStart'],
    complete: ['features/statusBar/afterStart'],
    lends,
  },
  /** It holds the texts in the user's language, so there must be one copy. */
  sharedPackages: ['@vscode/l10n'],
  data: ['core/trust/publicSuffixes.json'],
  /**
   * Programs that run outside VS Code, each a file of its own: name and module. They start in terminals, so they are small, and
   * run in the Node of any VS Code.
   */
  programs: { 'reltio-token': 'core/terminal/client/reltioToken' },
};

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
