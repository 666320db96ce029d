import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { brokenRules } from './rooms';

const SRC = join(__dirname, '../../src');

describe('the rooms of the design', () => {
  it('src keeps every rule', () => {
    const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
    assert.ok(files.length > 0, 'there are source files to look at');
    const broken = files.flatMap((file) =>
      brokenRules(file.split(sep).join('/'), readFileSync(join(SRC, file), 'utf8')),
    );
    assert.deepEqual(broken, []);
  });

  const breaks: [rule: string, file: string, text: string, sentence: RegExp][] = [
    [
      'oauth imports nothing of ours',
      'oauth/a.ts',
      `import { x } from '../sessions/x';`,
      /oauth may not import sessions/,
    ],
    ['not even types', 'oauth/a.ts', `import type { X } from '../sessions/x';`, /oauth may not import sessions/],
    ['nor a type in passing', 'oauth/a.ts', `let x: import('../network/x').X;`, /oauth may not import network/],
    ['nor at the last moment', 'oauth/a.ts', `void import('../support/x');`, /oauth may not import support/],
    ['nor by passing it on', 'oauth/a.ts', `export * from '../sessions/x';`, /oauth may not import sessions/],
    ['nor by require', 'oauth/a.ts', `const x = require('../sessions/x');`, /oauth may not import sessions/],
    ['nor by import =', 'oauth/a.ts', `import x = require('../sessions/x');`, /oauth may not import sessions/],
    [
      'sessions knows no network',
      'sessions/a.ts',
      `import { x } from '../network/x';`,
      /sessions may not import network/,
    ],
    ['sessions knows no vscode', 'sessions/a.ts', `import * as vscode from 'vscode';`, /sessions is plain Node/],
    ['not even its types', 'oauth/a.ts', `import type { Uri } from 'vscode';`, /oauth is plain Node/],
    ['network knows no vscode', 'network/a.ts', `import { Uri } from 'vscode';`, /network is plain Node/],
    [
      'network takes types of oauth',
      'network/a.ts',
      `import { x } from '../oauth/x';`,
      /network may import only types/,
    ],
    [
      'a mixed import is no type import',
      'network/a.ts',
      `import { type X, y } from '../oauth/x';`,
      /only types of oauth/,
    ],
    ['network knows no sessions', 'network/a.ts', `import type { X } from '../sessions/x';`, /may not import sessions/],
    ['support knows no outer room', 'support/a.ts', `import type { X } from '../signIn/x';`, /may not import signIn/],
    [
      'outer rooms do not know each other',
      'signIn/a.ts',
      `import { x } from '../statusBar/x';`,
      /may not import statusBar/,
    ],
    ['nobody imports the wiring', 'handoff/a.ts', `import { x } from '../extension';`, /may not import extension.ts/],
    ['undici is for network', 'provider/a.ts', `const u = await import('undici');`, /only network may/],
    ['undici is not for the wiring', 'extension.ts', `import type { Agent } from 'undici';`, /only network may/],
    ['src stays in src', 'extension.ts', `import { x } from '../test/x';`, /outside src/],
    ['every file has a room', 'utils/a.ts', ``, /in no room/],
    ['a file beside extension.ts has none', 'other.ts', ``, /in no room/],
    ['the time comes from the clock', 'sessions/a.ts', `const t = Date.now();`, /Date\.now: only sessions\/clock\.ts/],
    ['so does a date', 'statusBar/a.ts', `const t = new Date();`, /new Date\(\): only/],
    ['however it is written', 'statusBar/a.ts', `const t = new Date;`, /new Date\(\): only/],
    ['also as text', 'statusBar/a.ts', `const t = Date();`, /Date\(\): only/],
    ['so does a delay', 'sessions/a.ts', `setTimeout(() => {}, 1);`, /setTimeout: only/],
    ['so does a tick', 'statusBar/a.ts', `const stop = setInterval(() => {}, 1);`, /setInterval: only/],
    ['also through globalThis', 'network/a.ts', `globalThis.setTimeout(() => {}, 1);`, /setTimeout: only/],
    [
      'also as a promise',
      'network/a.ts',
      `import { setTimeout as wait } from 'node:timers/promises';`,
      /setTimeout: only/,
    ],
    ['no console', 'extension.ts', `console.log(1);`, /console: nothing in src may/],
    ['not in the clock either', 'sessions/clock.ts', `console.log(1);`, /console: nothing in src may/],
  ];
  for (const [rule, file, text, sentence] of breaks) {
    it(`${rule}: \`${text}\` in ${file}`, () => {
      const broken = brokenRules(file, text);
      assert.equal(broken.length, 1, broken.join('\n'));
      assert.match(broken[0]!, sentence);
    });
  }

  const keeps: [file: string, text: string][] = [
    [
      'extension.ts',
      `import * as vscode from 'vscode'; import { a } from './signIn/a'; import { b } from './network/b';`,
    ],
    [
      'signIn/deep/a.ts',
      `import { a } from '../../sessions/a'; import { b } from '../../support/b'; import { c } from '../c';`,
    ],
    ['network/a.ts', `import type { A } from '../oauth/a'; import { type B } from '../oauth/b'; import('undici');`],
    ['support/a.ts', `import { Uri } from 'vscode'; export type { A } from '../sessions/a';`],
    ['sessions/a.ts', `import { a } from '../oauth/a'; import { b } from './b'; import { join } from 'node:path';`],
    ['sessions/clock.ts', `export const clock = { now: () => Date.now(), wait: setTimeout, day: () => new Date() };`],
    [
      'statusBar/a.ts',
      `clock.setTimeout(() => {}, 1); const d = new Date(12); interface C { setTimeout(): void; console: Date }`,
    ],
  ];
  for (const [file, text] of keeps) {
    it(`allows \`${text}\` in ${file}`, () => {
      assert.deepEqual(brokenRules(file, text), []);
    });
  }
});
