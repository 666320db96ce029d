import { win32 } from 'node:path';

/** What the scripts start. */
export interface ScriptParts {
  /** The program that runs JavaScript: Node, or VS Code itself, which is told to act as Node. */
  readonly node: string;
  /** The client. */
  readonly client: string;
}

/**
 * The command for sh, with which every shell but cmd starts it. Node's own variables are removed: those of a debugger would stop
 * or slow down each call, and some make Node print more than the token.
 */
export function shScript({ node, client }: ScriptParts): string {
  return `#!/bin/sh
# Written by the VS Code extension Reltio Authentication, which replaces it when necessary.
unset NODE_OPTIONS NODE_EXTRA_CA_CERTS NODE_DEBUG NODE_PATH NODE_V8_COVERAGE
ELECTRON_RUN_AS_NODE=1
MSYS2_ARG_CONV_EXCL='*'
export ELECTRON_RUN_AS_NODE MSYS2_ARG_CONV_EXCL
exec ${inSh(node)} ${inSh(client)} "$@"
`;
}

/** @param folder the folder of the script: a path with letters that cmd may misread is written from there */
export function cmdScript({ node, client }: ScriptParts, folder: string): string {
  return [
    '@echo off',
    'rem Written by the VS Code extension Reltio Authentication, which replaces it when necessary.',
    'setlocal',
    'set NODE_OPTIONS=',
    'set NODE_EXTRA_CA_CERTS=',
    'set NODE_DEBUG=',
    'set NODE_PATH=',
    'set NODE_V8_COVERAGE=',
    'set ELECTRON_RUN_AS_NODE=1',
    `${inCmd(node, folder)} ${inCmd(client, folder)} %*`,
    '',
  ].join('\r\n');
}

function inSh(path: string): string {
  return `'${path.replaceAll("'", "'\\''")}'`;
}

/** cmd reads a script in the encoding of its console, and expands % within quotes. */
function inCmd(path: string, folder: string): string {
  const fromHere = win32.relative(folder, path);
  const text = isAscii(path) || win32.isAbsolute(fromHere) ? path : `%~dp0${fromHere}`;
  return `"${text.startsWith('%~dp0') ? `%~dp0${doubled(fromHere)}` : doubled(text)}"`;
}

function doubled(text: string): string {
  return text.replaceAll('%', '%%');
}

function isAscii(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text);
}
