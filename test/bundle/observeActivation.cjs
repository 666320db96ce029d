'use strict';
// Run by activation.test.ts in its own process: loads dist/extension.js with a fake VS Code API, activates it, and
// prints as JSON what it exports, what importing changed and what activation called, in order.
const fs = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const { isDeepStrictEqual } = require('node:util');

const order = [];
const nothing = { dispose() {} };

/** The rest of VS Code's API: it can be called, constructed and read without effect. */
const anything = new Proxy(function () {}, {
  get: (_target, name) => (name === 'dispose' ? () => {} : anything),
  apply: () => anything,
  construct: () => ({}),
});

/** The part of VS Code's API that the order of activation depends on. */
const vscode = {
  ...Object.fromEntries(['Uri', 'ThemeColor', 'ThemeIcon', 'MarkdownString'].map((name) => [name, anything])),
  version: '1.103.0',
  EventEmitter: class {
    event = () => nothing;
    fire() {}
    dispose() {}
  },
  Disposable: { from: () => nothing },
  ExtensionKind: { UI: 1, Workspace: 2 },
  ExtensionMode: { Production: 1, Development: 2, Test: 3 },
  StatusBarAlignment: { Left: 1, Right: 2 },
  UIKind: { Desktop: 1, Web: 2 },
  CancellationError: class extends Error {},
  env: { uiKind: 1 },
  l10n: { bundle: undefined },
  authentication: {
    registerAuthenticationProvider(id) {
      order.push(`register ${id}`);
      return nothing;
    },
  },
  window: new Proxy(
    {
      tabGroups: { all: [] },
      createStatusBarItem: () => ({ show() {}, hide() {}, dispose() {} }),
      createOutputChannel() {
        order.push('log file');
        return { info() {}, warn() {}, dispose() {} };
      },
    },
    { get: (target, name) => target[name] ?? (() => nothing) },
  ),
  commands: {
    registerCommand: () => nothing,
    executeCommand: () => Promise.resolve(),
    getCommands: () => Promise.resolve([]),
  },
  extensions: { all: [], onDidChange: () => nothing, getExtension: () => undefined },
  workspace: {
    isTrusted: true,
    onDidChangeConfiguration: () => nothing,
    onDidGrantWorkspaceTrust: () => nothing,
    registerTextDocumentContentProvider: () => nothing,
    textDocuments: [],
    getConfiguration: () => ({ inspect: () => ({}), get: () => undefined }),
  },
};
const load = Module._load;
Module._load = (request, ...rest) => {
  if (/features-localProxy/.test(request)) order.push(`load ${path.basename(request)}`);
  return request === 'vscode' ? vscode : load(request, ...rest);
};

const dispatcher = Symbol.for('undici.globalDispatcher.1');
const watched = { fs, 'fs.promises': fs.promises, process, global: globalThis };
const picture = () =>
  Object.entries(watched).flatMap(([name, object]) =>
    Reflect.ownKeys(object).map((key) => [`${name}.${String(key)}`, Object.getOwnPropertyDescriptor(object, key)]),
  );
const before = new Map(picture());
const hadDispatcher = globalThis[dispatcher];
const extension = require(path.resolve(process.argv[2], 'extension.js'));
const changed = picture()
  .filter(([name, now]) => {
    const then = before.get(name);
    return then === undefined || !Object.is(then.value, now.value) || then.get !== now.get;
  })
  .map(([name]) => name);
if (globalThis[dispatcher] !== hadDispatcher) changed.push('undici.globalDispatcher');

/** Whether it can hold no state. */
const isHarmless = (value) =>
  typeof value === 'function' || isDeepStrictEqual(value, JSON.parse(JSON.stringify(value)));
const { activate, deactivate, ...shared } = extension;
const exported = {
  functions: [typeof activate, typeof deactivate],
  shared: Object.keys(shared),
  stateful: Object.entries(shared).flatMap(([name, module]) =>
    Object.keys(module).flatMap((key) => (isHarmless(module[key]) ? [] : [`${name}: ${key}`])),
  ),
};

for (const [name, object] of [
  ['fs', fs],
  ['fs.promises', fs.promises],
]) {
  for (const key of Object.keys(object)) {
    const original = object[key];
    if (typeof original !== 'function' || /^[A-Z_]/.test(key)) continue;
    object[key] = (...args) => {
      order.push(`${name}.${key}`);
      return original.apply(object, args);
    };
  }
}
const fetchNow = globalThis.fetch;
globalThis.fetch = (...args) => {
  order.push('fetch');
  return fetchNow(...args);
};

const folder = process.argv[3];
const globalState = JSON.parse(process.argv[4]);
const secret = (name) => () => {
  order.push(`secrets.${name}`);
  return Promise.resolve(undefined);
};
extension.activate({
  subscriptions: [],
  extensionMode: vscode.ExtensionMode.Production,
  extension: { extensionKind: vscode.ExtensionKind.UI, packageJSON: { version: '0.0.0' } },
  globalStorageUri: { scheme: 'file', fsPath: folder },
  globalState: { get: (key) => globalState[key], update: () => Promise.resolve() },
  workspaceState: { get: () => undefined, update: () => Promise.resolve() },
  secrets: { get: secret('get'), store: secret('store'), delete: secret('delete'), onDidChange: () => nothing },
});

/** On a busy machine, what follows activation takes longer. */
const QUIET_MS = 300;
let seen = -1;
const answerWhenQuiet = () => {
  if (order.length !== seen) {
    seen = order.length;
    setTimeout(answerWhenQuiet, QUIET_MS);
    return;
  }
  process.stdout.write(JSON.stringify({ exported, changed, order }), () => process.exit(0));
};
setTimeout(answerWhenQuiet, QUIET_MS);
