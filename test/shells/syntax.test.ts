import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { win32 } from 'node:path';
import { cmdScript, shScript } from '../../src/core/terminal/scriptTexts';
import { codeBlockAfter, codeBlocks } from '../documents/codeBlocks';
import { expanded, faultsOf, quotedWords } from './cmdLint';
import { mistakesIn } from './syntax';

/** What users have in their paths on Windows. */
const NAMES = ['Jane', 'Jörg & Co', '100% (x86)', '%PATH%', "O'Neil ^!", '%%', 'a;b=c,d', '日本', '%~dp0', '%P'];

interface Task {
  readonly label: string;
  readonly command: string;
  readonly windows?: { readonly command: string };
}

describe('what shells have to read', () => {
  const page = 'docs/terminal.md';
  const { tasks } = JSON.parse(codeBlockAfter(page, 'tasks.json')) as { tasks: Task[] };
  const blocks = (...languages: string[]): readonly string[] =>
    codeBlocks(page).flatMap(({ language, text }) => (languages.includes(language) ? [text] : []));

  it('parses: for sh, the documentation, the tasks and the installed script', async () => {
    const scripts = [
      ...blocks('sh'),
      ...tasks.map(({ command }) => command),
      shScript({ node: "/opt/it's/code", client: '/home/a b/reltio-token.cjs' }),
    ];
    assert.ok(scripts.length > 3);
    for (const script of scripts) {
      assert.deepEqual(await mistakesIn('bash', script), [], script);
      execFileSync('sh', ['-n'], { input: script });
    }
  });

  it('parses: for PowerShell, the documentation and the tasks', async () => {
    // VS Code runs the command of a task in PowerShell on Windows
    const scripts = [
      ...blocks('powershell', 'sh').slice(0, 2),
      ...tasks.map((task) => task.windows?.command ?? task.command),
    ];
    assert.ok(scripts.length > 3);
    for (const script of scripts) assert.deepEqual(await mistakesIn('powershell', script), [], script);
  });

  it('is refused by these parsers with a mistake in it', async () => {
    assert.notDeepEqual(await mistakesIn('bash', 'token=$(reltio-token && echo'), []);
    assert.notDeepEqual(await mistakesIn('powershell', '$h = @{ Authorization = "Bearer $(reltio-token)"'), []);
    assert.notDeepEqual(await mistakesIn('powershell', 'if ($LASTEXITCODE -eq 0) { node'), []);
  });

  it('is for cmd what cmd reads in one way only, wherever VS Code and the files are', () => {
    for (const drive of ['C', 'D']) {
      for (const name of NAMES) {
        const storage = win32.join(`${drive}:\\Users`, name, 'globalStorage');
        const [folder, client] = [win32.join(storage, 'bin'), win32.join(storage, 'client', 'reltio-token.cjs')];
        const node = win32.join('C:\\Programs', name, 'Code.exe');
        const script = cmdScript({ node, client }, folder);
        assert.deepEqual(faultsOf(script), [], script);

        const start = script.split('\r\n').find((line) => line.endsWith('%*')) ?? '';
        const run = expanded(start, `${folder}\\`, 'ARGS');
        assert.deepEqual(
          quotedWords(run).map((path) => win32.normalize(path)),
          [node, client],
          run,
        );
        assert.ok(run.endsWith('" ARGS'));
      }
    }
  });

  it('is found faulty for cmd with a mistake in it', () => {
    const script = cmdScript({ node: 'C:\\Code.exe', client: 'C:\\c.js' }, 'C:\\bin');
    const spoilt: readonly ((text: string) => string)[] = [
      (text) => text.replaceAll('\r\n', '\n'),
      (text) => text.replace('"C:\\c.js"', '"C:\\c.js'),
      (text) => text.replace('"C:\\c.js"', 'C:\\c & d.js'),
      (text) => text.replace('C:\\c.js', 'C:\\100%.js'),
      (text) => text.replace('C:\\c.js', 'C:\\%USER%.js'),
      (text) => text.replace('C:\\c.js', 'C:\\ö.js'),
      (text) => text.replace(':moved\r\n', ''),
      (text) => text.replace('exit /b 6\r\n', ''),
    ];
    for (const spoil of spoilt) {
      const text = spoil(script);
      assert.notEqual(text, script);
      assert.notDeepEqual(faultsOf(text), [], text);
    }
  });
});
