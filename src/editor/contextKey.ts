import * as vscode from 'vscode';
import type { contextKeys } from './commandIds';

/** Sets a key of the `when` clauses in package.json. The same value again costs no message to the window. */
export function contextKey(name: (typeof contextKeys)[keyof typeof contextKeys]): (value: boolean) => void {
  let current: boolean | undefined;
  return (value) => {
    if (value !== current) {
      current = value;
      void vscode.commands.executeCommand('setContext', name, value);
    }
  };
}
