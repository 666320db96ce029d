import * as l10n from '@vscode/l10n';
import { win32 } from 'node:path';
import { exitCodes } from './exitCodes';
import { errorLine } from './refused';

/** What the scripts start. */
export interface ScriptParts {
  /** The program that runs JavaScript: Node, or VS Code itself, which is told to act as Node. */
  readonly node: string;
  /** The client. */
  readonly client: string;
}

/**
 * Variables of Node that are removed: those of a debugger would stop or slow down each call, some make Node print more than
 * the token, and with some that other programs set for themselves, it does not start at all.
 */
const unwanted = [
  'NODE_OPTIONS',
  'NODE_EXTRA_CA_CERTS',
  'NODE_DEBUG',
  'NODE_PATH',
  'NODE_V8_COVERAGE',
  'NODE_CHANNEL_FD',
  'NODE_USE_ENV_PROXY',
  'OPENSSL_CONF',
];

/** In full: cmd would also run a program of this name in the current folder, which may be a stranger's repository. */
const chcp = '"%SystemRoot%\\System32\\chcp.com"';

const note = 'Written by the VS Code extension Reltio Authentication, which replaces it when necessary.';
/** For cmd in English: only ASCII is safe there. */
const movedForCmd = 'reltio-token: VS Code was updated or moved. Reload its window, then try again.';

/** The command for sh, with which every shell but cmd starts it. */
export function shScript({ node, client }: ScriptParts): string {
  return `#!/bin/sh
# ${note}
${isOfWindows(node) ? wslCheck() : ''}if [ ! -x ${inSh(node)} ]; then
  echo ${quoted(errorText(l10n.t('VS Code was updated or moved. Reload its window, then try again.')))} >&2
  exit ${exitCodes.noWindow}
fi
unset ${unwanted.join(' ')}
ELECTRON_RUN_AS_NODE=1
MSYS2_ARG_CONV_EXCL='*'
export ELECTRON_RUN_AS_NODE MSYS2_ARG_CONV_EXCL
exec ${inSh(node)} ${inSh(client)} "$@"
`;
}

/** The program that a script for sh starts. Undefined if it is not one of these. */
export function nodeOf(script: string): string | undefined {
  const [, quoted] = /^exec '((?:[^']|'\\'')+)' '/m.exec(script) ?? [];
  return quoted?.replaceAll("'\\''", "'");
}

/**
 * The command for cmd, and for PowerShell on Windows. cmd reads a script in the encoding of its console, so that only ASCII is
 * safe: a path with other letters is written from the folder of the script, and if that does not help, read as UTF-8.
 *
 * @param folder the folder of the script
 */
export function cmdScript({ node, client }: ScriptParts, folder: string): string {
  const start = `${inCmd(node, folder)} ${inCmd(client, folder)} %*`;
  const [inUtf8, asBefore] = isAscii(start)
    ? [[], []]
    : [
        [`for /f "tokens=2 delims=:." %%P in ('${chcp}') do set "PAGE=%%P"`, `${chcp} 65001 >nul`],
        [`${chcp} %PAGE% >nul`],
      ];
  return [
    '@echo off',
    `rem ${note}`,
    'setlocal EnableExtensions DisableDelayedExpansion',
    ...unwanted.map((name) => `set ${name}=`),
    'set ELECTRON_RUN_AS_NODE=1',
    'set "ERRORLEVEL="', // a variable of this name would hide the exit code
    ...inUtf8,
    `if not exist ${inCmd(node, folder)} goto moved`,
    start,
    'set "RESULT=%ERRORLEVEL%"',
    ...asBefore,
    'exit /b %RESULT%',
    ':moved',
    `echo ${movedForCmd}>&2`,
    ...asBefore,
    `exit /b ${exitCodes.noWindow}`,
    '',
  ].join('\r\n');
}

/** A shell in WSL finds the command too, because it has the PATH of Windows. It has none of the other variables. */
function wslCheck(): string {
  const inWsl = l10n.t(
    'This shell runs in WSL, its VS Code window in Windows. Reopen the folder in WSL, then try again.',
  );
  return `if [ -n "$WSL_DISTRO_NAME" ]; then
  echo ${quoted(errorText(inWsl))} >&2
  exit ${exitCodes.noWindow}
fi
`;
}

function errorText(sentence: string): string {
  return errorLine(sentence).trim();
}

/** With slashes, which Windows accepts as well: a backslash would mean something to the programs of Git Bash. */
function inSh(path: string): string {
  const text = isOfWindows(path) ? path.replaceAll('\\', '/') : path;
  return quoted(text);
}

/** For sh, in which nothing between single quotes has a meaning. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function isOfWindows(path: string): boolean {
  return win32.isAbsolute(path) && !path.startsWith('/');
}

function inCmd(path: string, folder: string): string {
  const fromFolder = win32.relative(folder, path);
  return isAscii(path) || win32.isAbsolute(fromFolder) ? `"${doubled(path)}"` : `"%~dp0${doubled(fromFolder)}"`;
}

/** % has a meaning even within quotes. */
function doubled(text: string): string {
  return text.replaceAll('%', '%%');
}

function isAscii(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text);
}
