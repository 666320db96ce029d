import assert from 'node:assert/strict';
import { win32 } from 'node:path';
import { cmdScript, nodeOf, shScript } from '../../../src/core/terminal/scriptTexts';

import { inLanguage } from '../../fakes/inLanguage';

const lineWith = (script: string, part: string): string | undefined =>
  script.split(/\r?\n/).find((line) => line.includes(part));

describe('the scripts of reltio-token', () => {
  const storage = String.raw`C:\Users\Jürgen\AppData\Roaming\Code\User\globalStorage\x.reltio-auth`;
  const client = win32.join(storage, 'client', 'reltio-token.cjs');
  const folder = win32.join(storage, 'bin');

  it('for sh quote any path', () => {
    const script = shScript({ node: "/opt/it's $HOME/code", client: '/home/a b/`id`/"c".js' });
    assert.equal(lineWith(script, 'exec '), `exec '/opt/it'\\''s $HOME/code' '/home/a b/\`id\`/"c".js' "$@"`);
    assert.ok(script.startsWith('#!/bin/sh\n'));
  });

  it('for sh say in the language of VS Code why the command does not start; for cmd in English, which is safe', () => {
    const moved = 'VS Code was updated or moved. Reload its window, then try again.';
    inLanguage({ [moved]: "L'éditeur a changé. `id` $HOME\nexec 'x' 'y'" }, () => {
      const script = shScript({ node: '/opt/code', client });
      assert.equal(
        lineWith(script, 'echo'),
        "  echo 'reltio-token: L'\\''éditeur a changé. `id` $HOME exec '\\''x'\\'' '\\''y'\\''' >&2",
      );
      assert.equal(nodeOf(script), '/opt/code');
      assert.equal(
        lineWith(cmdScript({ node: 'C:\\Code.exe', client }, folder), 'echo r'),
        `echo reltio-token: ${moved}>&2`,
      );
    });
  });

  it('for sh tell which program they start', () => {
    for (const node of ["/opt/it's $HOME/code", '/a b/node', 'C:/Code.exe']) {
      assert.equal(nodeOf(shScript({ node, client })), node);
    }
    assert.equal(nodeOf('#!/bin/sh\nexit 0\n'), undefined);
  });

  it('for sh name programs of Windows as Git Bash does', () => {
    const script = shScript({ node: String.raw`C:\Program Files\VS Code\Code.exe`, client });
    assert.equal(
      lineWith(script, 'exec '),
      `exec 'C:/Program Files/VS Code/Code.exe' '${client.replaceAll('\\', '/')}' "$@"`,
    );
  });

  it('for sh leave a backslash of other systems alone', () => {
    assert.match(shScript({ node: String.raw`/opt/a\b`, client: '/c' }), /exec '\/opt\/a\\b' '\/c'/);
  });

  it('for cmd have only letters that every console reads alike, if folders allow it', () => {
    const node = String.raw`C:\Users\Jürgen\AppData\Local\Programs\Microsoft VS Code\Code.exe`;
    const script = cmdScript({ node, client }, folder);
    assert.match(script, /^[\x20-\x7e\r\n]*$/);
    assert.equal(
      lineWith(script, '%*'),
      String.raw`"%~dp0..\..\..\..\..\..\Local\Programs\Microsoft VS Code\Code.exe" "%~dp0..\client\reltio-token.cjs" %*`,
    );
    assert.doesNotMatch(script, /chcp/);
  });

  it('for cmd are read as UTF-8 if they have to be, and the console is as before', () => {
    const script = cmdScript({ node: String.raw`D:\Büro\Code.exe`, client }, folder);
    const lines = script.split('\r\n');
    const chcp = String.raw`"%SystemRoot%\System32\chcp.com"`;
    const change = lines.indexOf(`${chcp} 65001 >nul`);
    assert.ok(change > 0 && change < lines.findIndex((line) => line.includes('Büro')));
    assert.equal(lines.filter((line) => line === `${chcp} %PAGE% >nul`).length, 2);
  });

  it('for cmd double what cmd would expand', () => {
    const node = String.raw`C:\100%\%PATH%\Code.exe`;
    const script = cmdScript({ node, client }, folder);
    assert.match(lineWith(script, '%*') ?? '', /^"C:\\100%%\\%%PATH%%\\Code\.exe" /);
  });

  it('for cmd end each line as cmd needs it', () => {
    const script = cmdScript({ node: 'C:\\Code.exe', client }, folder);
    assert.doesNotMatch(script, /[^\r]\n|\r[^\n]/);
  });
});
