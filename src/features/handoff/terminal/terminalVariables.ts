import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { variableNames } from '../../../core/terminal/variableNames';

/** What the terminals of this window get. No token. */
export interface TerminalAccess {
  /** The folder of the command. */
  readonly folder: string;
  readonly handle: string;
  /** The path of the socket. */
  readonly socket: string;
}

type Options = vscode.EnvironmentVariableMutatorOptions;

interface Variable {
  readonly name: string;
  readonly value: string;
  readonly how: 'prepend' | 'replace';
  readonly options: Options;
}

const atCreation: Options = { applyAtProcessCreation: true };
/** Applied once more when the shell has read its profile, which may set `PATH` again. */
const atBoth: Options = { applyAtProcessCreation: true, applyAtShellIntegration: true };

/**
 * Gives the terminals of this window the command, or takes it away. VS Code marks open terminals for a relaunch whenever a value
 * changes, so nothing is set to the value that it has.
 *
 * @param access undefined: takes it away
 * @param inherited the environment that the terminals get from VS Code
 */
export function giveToTerminals(
  collection: vscode.GlobalEnvironmentVariableCollection,
  access: TerminalAccess | undefined,
  inherited: NodeJS.ProcessEnv,
  platform = process.platform,
): void {
  const isKept = terminalsRunOnServer();
  if (collection.persistent !== isKept) {
    collection.persistent = isKept;
  }
  const wanted = access === undefined ? emptied(inherited) : variablesOf(access, platform);
  const names = Object.values(variableNames);
  if (access === undefined && names.some((name) => (collection.get(name)?.value ?? '') !== '')) {
    collection.clear();
  }
  if (wanted.length === 0) {
    return;
  }
  collection.description =
    access === undefined ? l10n.t('Takes away `reltio-token`.') : l10n.t('Adds the command `reltio-token`.');
  wanted
    .filter(({ name, value }) => collection.get(name)?.value !== value)
    .forEach(({ name, value, how, options }) => {
      collection[how](name, value, options);
    });
}

/**
 * A window that was opened with `code .` in a terminal has the environment of that terminal, and with it what leads to the
 * window of that terminal. No extension can remove a variable.
 */
function emptied(inherited: NodeJS.ProcessEnv): readonly Variable[] {
  return Object.values(variableNames)
    .filter((name) => (inherited[name] ?? '') !== '')
    .map((name) => ({ name, value: '', how: 'replace', options: atCreation }));
}

function variablesOf({ folder, handle, socket }: TerminalAccess, platform: NodeJS.Platform): readonly Variable[] {
  const isWindows = platform === 'win32';
  return [
    {
      name: 'PATH',
      value: `${folder}${isWindows ? ';' : ':'}`,
      how: 'prepend',
      // The script of VS Code for Git Bash splits the value at each colon, and treats a backslash as an escape.
      options: isWindows ? atCreation : atBoth,
    },
    { name: variableNames.handle, value: handle, how: 'replace', options: atCreation },
    { name: variableNames.socket, value: socket, how: 'replace', options: atCreation },
  ];
}

/**
 * Whether the server part of VS Code runs the terminals. After a reload it gives them back before extensions start, and compares
 * what they have with what is stored then; without it, it marks each of them for a relaunch. A local VS Code remembers itself
 * what its terminals have.
 */
function terminalsRunOnServer(): boolean {
  return vscode.env.uiKind === vscode.UIKind.Web || vscode.env.remoteName !== undefined;
}
