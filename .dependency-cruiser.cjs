'use strict';
// What may import what in src. The rooms and what each may import are in docs/rooms.json, from which
// docs/architecture.md is drawn too; the rules here hold them. Types count as much as values everywhere.
/** @type {{ room: string, holds: string, imports?: string[] }[]} */
const rooms = require('./docs/rooms.json');

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
const forbidden = [
  rule('core-is-plain-node', 'Nothing in core knows VS Code, not even its types.', {
    from: { path: '^src/core/' },
    to: { path: '^vscode$|node_modules/(@types/vscode|vscode)/' },
  }),
  rule('no-feature-imports-another', 'A feature imports editor and core, and no other feature.', {
    from: { path: '^src/features/([^/]+)/' },
    to: { path: '^src/', pathNot: '^src/(features/$1|editor|core)/' },
  }),
  ...rooms
    .filter(({ imports }) => imports !== undefined)
    .map(({ room, imports }) =>
      rule(`imports-of-${room.replaceAll('/', '-')}`, `docs/rooms.json lists what ${room} may import.`, {
        from: { path: pathOf(room) },
        to: { path: '^src/', pathNot: [pathOf(room), ...imports.map(pathOf)] },
      }),
    ),
  rule('features-register-themselves', 'Of a feature, extension.ts knows register() and the list of sign-in methods.', {
    from: { path: '^src/extension\\.ts$' },
    to: { path: '^src/features/', pathNot: '/register\\.ts$|^src/features/signIn/methods/methods\\.ts$' },
  }),
  rule('nothing-imports-the-extension', 'extension.ts is where everything begins.', {
    from: {},
    to: { path: '^src/extension\\.ts$' },
  }),
  rule('no-circle', 'Files that import each other cannot be read, moved or tested alone.', {
    from: {},
    to: { circular: true },
  }),
  rule('no-orphan', 'A file that nothing imports is not part of the extension.', {
    from: { orphan: true, path: '^src/', pathNot: '\\.d\\.ts$' },
    to: {},
  }),
  rule('undici-in-network-only', 'Which client is used for HTTP is decided in one place.', {
    from: { path: '^src/', pathNot: '^src/core/network/' },
    to: { path: '^undici|node_modules/undici/' },
  }),
  rule('src-stays-in-src', 'The extension contains no test and no script. Its manifest says its name and publisher.', {
    from: { path: '^src/' },
    to: { pathNot: '^(src/|package\\.json$)', dependencyTypes: ['local'] },
  }),
];

module.exports = {
  forbidden,
  options: { tsPreCompilationDeps: true, doNotFollow: { path: 'node_modules' } },
};

function rule(name, comment, { from, to }) {
  return { name, comment, severity: 'error', from, to };
}

/** `core/*`: all below core; `core/core.ts`: that file; `editor`, which has rooms inside: only its own files. */
function pathOf(room) {
  if (room.endsWith('/*')) return `^src/${room.slice(0, -1)}`;
  if (room.endsWith('.ts')) return `^src/${room.replace('.', '\\.')}$`;
  return rooms.some((other) => other.room.startsWith(`${room}/`)) ? `^src/${room}/[^/]+$` : `^src/${room}/`;
}
