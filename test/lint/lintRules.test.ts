import assert from 'node:assert/strict';
import { join } from 'node:path';
import { ESLint } from 'eslint';

const root = join(__dirname, '../..');
const rules = [
  'no-console',
  'no-restricted-globals',
  'no-restricted-imports',
  'no-restricted-syntax',
  'reltio/vscode-api',
];

/** Rules that the files of src keep, tried on texts in the place of such a file. */
describe('the lint rules for src', function () {
  this.timeout(60_000);
  const eslint = new ESLint({ cwd: root, ruleFilter: ({ ruleId }) => rules.includes(ruleId) });
  const broken = async (text: string, file: string): Promise<readonly string[]> => {
    const [result] = await eslint.lintText(text, { filePath: join(root, file) });
    return (result?.messages ?? []).map(({ ruleId, fatal, message }) => (fatal ? message : (ruleId ?? message)));
  };

  describe('about the console, time, timers and the environment', () => {
    const anywhere = 'src/core/base/retry.ts';
    const refused: readonly string[] = [
      'console.log(1);',
      "globalThis['console'].log(1);",
      "import { log } from 'node:console'; log(1);",
      'export const now = Date.now();',
      "export const now = Date['now']();",
      'const { now } = Date; now();',
      'export const now = new Date();',
      'export const now = Date();',
      'export const now = new globalThis.Date();',
      'export const now = performance.now();',
      'export const now = process.hrtime();',
      'setTimeout(() => undefined, 1);',
      'export const after = setInterval;',
      'globalThis.setImmediate(() => undefined);',
      "import { setTimeout as after } from 'node:timers'; after(() => undefined, 1);",
      "import { setTimeout as after } from 'timers/promises'; void after(1);",
      'export const signal = AbortSignal.timeout(1);',
      'export const proxy = process.env.HTTPS_PROXY;',
      'export const { env } = process;',
      "import { env } from 'node:process'; export const proxy = env;",
    ];
    for (const text of refused) {
      it(`refuse ${text}`, async () => {
        assert.notDeepEqual(await broken(text, anywhere), []);
      });
    }

    it('allow a moment that is known, and a property that happens to have the name of a timer', async () => {
      const text =
        'export const at = (time: number, item: { setTimeout: number }) => [new Date(time), item.setTimeout];';
      assert.deepEqual(await broken(text, anywhere), []);
    });

    it('allow the clock its time and timers, and editor.ts the environment', async () => {
      const clock =
        'export const now = () => { setTimeout(() => undefined, 1); return [Date.now(), performance.now()]; };';
      assert.deepEqual(await broken(clock, 'src/core/base/clock.ts'), []);
      assert.deepEqual(await broken('export const { env } = process;', 'src/editor/editor.ts'), []);
      assert.notDeepEqual(await broken('console.log(1);', 'src/core/base/clock.ts'), []);
      assert.notDeepEqual(await broken('export const now = Date.now();', 'src/editor/editor.ts'), []);
    });
  });

  describe('about the API of VS Code', () => {
    const anywhere = 'src/editor/command.ts';
    const refused: readonly [what: string, text: string][] = [
      ['a cast to any', 'export const x = (vscode as any).proposed;'],
      ['a cast by way of unknown', 'export const x = (vscode as unknown as { proposed: number }).proposed;'],
      ['a cast of a namespace', 'export const x = (vscode.window as { proposed?: number }).proposed;'],
      [
        'a cast of a value',
        'export const x = (item: vscode.StatusBarItem) => (item as { proposed?: number }).proposed;',
      ],
      ['a type of more than vscode', 'export type More = typeof vscode & { proposed: number };'],
      ['a type of more than a namespace', 'export type More = typeof vscode.window & { proposed: number };'],
      [
        'a declaration of more than @types/vscode has, as in a file of proposed API',
        "declare module 'vscode' { namespace window { const proposed: number } }\nexport const x = vscode.window.proposed;",
      ],
      ['a look whether it is there', "export const x = 'proposed' in vscode.window;"],
      ['reflection', "export const x: unknown = Reflect.get(vscode.window, 'proposed');"],
      [
        'an assignment to a type of our own',
        'interface Own { readonly name: string; readonly proposed?: number }\n' +
          'export const x = (folder: vscode.WorkspaceFolder) => { const own: Own = folder; return own.proposed; };',
      ],
      [
        'a return as a type of our own',
        'interface Own { readonly proposed?: number; readonly defaultValue?: unknown }\n' +
          "export function x(): Own | undefined { return vscode.workspace.getConfiguration().inspect('x'); }",
      ],
    ];
    for (const [what, text] of refused) {
      it(`refuse ${what}`, async () => {
        assert.deepEqual(
          new Set(await broken(`import * as vscode from 'vscode';\n${text}`, anywhere)),
          new Set([rule]),
        );
      });
    }

    it('allow what the types of the promised version have, and our own types with less', async () => {
      const text = `import * as vscode from 'vscode';
        interface Memory { get(key: string): unknown }
        interface Entry extends vscode.QuickPickItem { readonly id: string }
        export const memory = (context: vscode.ExtensionContext): Memory => context.workspaceState;
        export const pick = async (entries: Entry[]): Promise<string | undefined> =>
          (await vscode.window.showQuickPick(entries))?.id;
        export const version = (extension: vscode.Extension<unknown>): string =>
          (extension.packageJSON as { version: string }).version;`;
      assert.deepEqual(await broken(text, anywhere), []);
    });

    it('allow an extra where it is listed, and only as one that may be missing', async () => {
      const text = (mark: string): string => `import * as vscode from 'vscode';
        interface Own { readonly globalValue?: unknown; readonly globalLocalValue${mark}: unknown }
        export const x = (name: string): Own | undefined =>
          vscode.workspace.getConfiguration().inspect<unknown>(name) as Own | undefined;`;
      assert.deepEqual(await broken(text('?'), 'src/editor/settings/personalSettings.ts'), []);
      assert.notDeepEqual(await broken(text(''), 'src/editor/settings/personalSettings.ts'), []);
      assert.notDeepEqual(await broken(text('?'), anywhere), []);
    });
  });
});

const rule = 'reltio/vscode-api';
