import * as vscode from 'vscode';
import type { Prompt } from './prompt/prompt';

/** What `activate` returns to tests inside VS Code, and to no other caller. Carries no token. */
export interface TestSeam {
  /** Answers in place of a user. */
  prompt: Prompt | undefined;
  /** Stands for the focus of a window that no user sits at. */
  isFocused: boolean | undefined;
  /** What the provider itself announced, as session ids. */
  readonly announced: { readonly added: string[]; readonly removed: string[]; readonly changed: string[] }[];
}

export function testSeam({ extensionMode }: vscode.ExtensionContext): TestSeam | undefined {
  return extensionMode === vscode.ExtensionMode.Test
    ? { prompt: undefined, isFocused: undefined, announced: [] }
    : undefined;
}
