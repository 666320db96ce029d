import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { removeFolder, ROOT, temporaryFolder } from '../../scripts/process/folders';
import { readImports, readRooms, readRules } from '../../scripts/steps/rooms';

const rooms = readRooms();

describe('the rooms of src', function () {
  this.timeout(60_000); // dependency-cruiser reads every file
  let found: Awaited<ReturnType<typeof readImports>>;
  before(async () => {
    found = await readImports();
  });

  it('keep every rule of .dependency-cruiser.cjs', () => {
    assert.deepEqual(found.broken, []);
  });

  it('are all in docs/rooms.json, which lists no other', () => {
    const listed = rooms.map(({ room }) => room);
    const found = ['features', 'editor', 'core'].flatMap((floor) =>
      readdirSync(join(ROOT, 'src', floor), { withFileTypes: true }).map((entry) => {
        const path = `${floor}/${entry.name}`;
        return entry.isFile() && listed.includes(floor) && !listed.includes(path) ? floor : path;
      }),
    );
    const files = readdirSync(join(ROOT, 'src')).filter((name) => name.endsWith('.ts'));
    assert.deepEqual([...new Set([...found, ...files])].sort(), listed.sort());
  });

  it('import only rooms that docs/rooms.json lists further down', () => {
    for (const [index, { room, imports = [] }] of rooms.entries()) {
      const below = rooms.slice(index + 1).map((other) => other.room);
      const upwards = imports.filter((one) => !one.endsWith('/*') && !below.includes(one));
      assert.deepEqual(upwards, [], room);
    }
  });

  it('have a register.ts in each feature, for extension.ts to call', () => {
    const called = found.between.filter(({ from }) => from === 'src/extension.ts').map(({ to }) => to);
    const features = rooms.filter(({ room }) => room.startsWith('features/'));
    assert.deepEqual(
      features.filter(({ room }) => !called.includes(`src/${room}/register.ts`)),
      [],
    );
  });

  it('import every room that docs/rooms.json lets them import', () => {
    const inRoom = (file: string, room: string) =>
      file === `src/${room}` || file.startsWith(`src/${room.replace(/\*$/, '')}${/\*$/.test(room) ? '' : '/'}`);
    for (const { room, imports = [] } of rooms) {
      const unused = imports.filter(
        (target) => !found.between.some(({ from, to }) => inRoom(from, room) && inRoom(to, target)),
      );
      assert.deepEqual(unused, [], room);
    }
  });
});

/** Files that the planted ones import: without a mistake of their own. */
const GOOD = {
  'features/signIn/register.ts': `import './good'; import '../../core/core';`,
  'core/core.ts': `import './sessions/good';`,
  'features/accounts/register.ts': `import './good';`,
  'features/signIn/good.ts': `import '../../editor/good'; import '../../core/sessions/good';`,
  'features/accounts/good.ts': `import '../../core/network/good'; import { Uri } from 'vscode';`,
  'editor/good.ts': `import './messages/good'; import * as vscode from 'vscode';`,
  'editor/messages/good.ts': `import '../../core/base/good';`,
  'core/sessions/good.ts': `import '../storage/good'; import '../oauth/good'; import { join } from 'node:path';`,
  'core/storage/good.ts': `import '../base/good';`,
  'core/oauth/good.ts': `import '../base/good';`,
  'core/network/good.ts': `import type { Agent } from 'undici'; import { parse } from 'tldts'; import '../oauth/good';`,
  'core/base/good.ts': `export const good = 1; export type Good = number;`,
  '../test/good.ts': `export const good = 1;`,
};

type Planted = [mistake: string, rule: string, file: string, text: string];

const BAD: Planted[] = [
  [
    'the extension knows more of a feature',
    'features-register-themselves',
    'extension.ts',
    `import './features/signIn/register'; import './features/accounts/register'; import './features/signIn/good';`,
  ],
  ['core imports VS Code', 'core-is-plain-node', 'core/model/a.ts', `import { Uri } from 'vscode';`],
  ['core imports a type of VS Code', 'core-is-plain-node', 'core/model/b.ts', `import type { Uri } from 'vscode';`],
  ['core names a type of VS Code', 'core-is-plain-node', 'core/model/c.ts', `export let x: import('vscode').Uri;`],
  [
    'a feature imports another',
    'no-feature-imports-another',
    'features/signIn/a.ts',
    `import { good } from '../accounts/good';`,
  ],
  [
    'a feature imports a type of another',
    'no-feature-imports-another',
    'features/signIn/steps/b.ts',
    `import type { X } from '../../accounts/good';`,
  ],
  [
    'a feature imports another late',
    'no-feature-imports-another',
    'features/signIn/c.ts',
    `export const x = () => import('../accounts/good');`,
  ],
  ['editor imports a feature', 'imports-of-editor', 'editor/a.ts', `import '../features/signIn/good';`],
  ['messages import their floor', 'imports-of-editor-messages', 'editor/messages/a.ts', `import '../good';`],
  ['command ids need something', 'imports-of-editor-commandIds.ts', 'editor/commandIds.ts', `import './good';`],
  ['trust asks the network', 'imports-of-core-trust', 'core/trust/a.ts', `import '../network/good';`],
  ['rejections import the network', 'imports-of-core-rejections', 'core/rejections/a.ts', `import '../network/good';`],
  ['core imports editor', 'imports-of-core-sessions', 'core/sessions/a.ts', `import '../../editor/good';`],
  ['core imports a feature', 'imports-of-core-model', 'core/model/d.ts', `import '../../features/signIn/good';`],
  [
    'base imports a type from above',
    'imports-of-core-base',
    'core/base/a.ts',
    `import type { X } from '../oauth/good';`,
  ],
  ['base passes on what is above', 'imports-of-core-base', 'core/base/b.ts', `export * from '../oauth/good';`],
  ['base requires what is above', 'imports-of-core-base', 'core/base/c.ts', `const x = require('../oauth/good');`],
  ['oauth imports what is above', 'imports-of-core-oauth', 'core/oauth/a.ts', `import '../sessions/good';`],
  ['network imports sessions', 'imports-of-core-network', 'core/network/a.ts', `import '../sessions/good';`],
  [
    'the local proxy sends by itself',
    'imports-of-core-localProxy',
    'core/localProxy/a.ts',
    `import '../network/good';`,
  ],
  ['the terminal looks for a token', 'imports-of-core-terminal', 'core/terminal/a.ts', `import '../sessions/good';`],
  ['storage imports sessions', 'imports-of-core-storage', 'core/storage/a.ts', `import '../sessions/good';`],
  ['forgetting imports sessions', 'imports-of-core-forgetting', 'core/forgetting/a.ts', `import '../sessions/good';`],
  ['locking imports storage', 'imports-of-core-locking', 'core/locking/a.ts', `import '../storage/good';`],
  ['data API imports sessions', 'imports-of-core-dataApi', 'core/dataApi/a.ts', `import '../sessions/good';`],
  ['history imports sessions', 'imports-of-core-history', 'core/history/a.ts', `import '../sessions/good';`],
  ['journal imports sessions', 'imports-of-core-journal', 'core/journal/a.ts', `import '../sessions/good';`],
  ['calls import storage', 'imports-of-core-calls', 'core/calls/a.ts', `import '../storage/good';`],
  [
    'the browser sign-in stores a session',
    'imports-of-core-browserSignIn',
    'core/browserSignIn/a.ts',
    `import '../storage/good';`,
  ],
  ['model imports storage', 'imports-of-core-model', 'core/model/e.ts', `import '../storage/good';`],
  ['a prompt imports settings', 'imports-of-editor-prompt', 'editor/prompt/a.ts', `import '../settings/target';`],
  ['a page imports settings', 'imports-of-editor-page', 'editor/page/a.ts', `import '../settings/target';`],
  ['secrets import a page', 'imports-of-editor-secrets', 'editor/secrets/a.ts', `import '../page/a';`],
  ['settings import a prompt', 'imports-of-editor-settings', 'editor/settings/target.ts', `import '../prompt/b';`],
  [
    'something imports the extension',
    'nothing-imports-the-extension',
    'features/signIn/d.ts',
    `import '../../extension';`,
  ],
  ['two files import each other', 'no-circle', 'core/storage/b.ts', `import { c } from './c'; export const b = 1;`],
  ['two files need types of each other', 'no-circle', 'core/storage/d.ts', `import type { E } from './e';`],
  ['nothing imports a file', 'no-orphan', 'core/base/d.ts', `export const alone = 1;`],
  ['a feature imports undici', 'undici-in-network-only', 'features/signIn/e.ts', `import { Agent } from 'undici';`],
  [
    'another room of core imports undici',
    'undici-in-network-only',
    'core/calls/b.ts',
    `export const u = () => import('undici/lib/dispatcher/agent.js');`,
  ],
  ['src imports a test', 'src-stays-in-src', 'core/base/e.ts', `import { good } from '../../../test/good';`],
];

/** The other halves of the planted mistakes. */
const OTHER_HALVES = {
  'core/storage/c.ts': `import { b } from './b'; export const c = 1;`,
  'core/storage/e.ts': `import type { D } from './d'; export type E = 1;`,
  'editor/prompt/b.ts': `export const b = 1;`,
};

describe('a planted mistake', function () {
  this.timeout(60_000);

  let broken: readonly string[];
  before(async () => {
    const folder = temporaryFolder('rooms');
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction');
    const bad = Object.fromEntries(BAD.map(([, , file, text]) => [file, text]));
    for (const [file, text] of Object.entries({ ...GOOD, ...OTHER_HALVES, ...bad })) {
      const path = join(folder, 'src', file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
    broken = (await readImports(folder)).broken;
    removeFolder(folder);
  });

  for (const [mistake, rule, file, text] of BAD) {
    it(`is found: ${mistake}: \`${text}\` in ${file}`, () => {
      const found = broken.filter((one) => one.includes(`src/${file}`)).map((one) => one.split(':')[0]);
      assert.ok(found.includes(rule), found.join('\n'));
    });
  }

  it('is planted for every rule', () => {
    const planted = new Set(BAD.map(([, rule]) => rule));
    const rules = readRules().map(({ name = '' }) => name);
    assert.deepEqual(
      rules.filter((rule) => !planted.has(rule)),
      // they may import everything below them, and the rules above hold the rest
      ['imports-of-extension.ts', 'imports-of-core-core.ts'],
    );
  });

  it('is found nowhere else', () => {
    const known = new Set(BAD.map(([, , file]) => `src/${file}`));
    assert.deepEqual(
      broken.filter((one) => ![...known].some((file) => one.includes(file))),
      [],
    );
  });
});
