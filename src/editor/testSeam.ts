import * as vscode from 'vscode';
import type { Prompt } from './prompt/prompt';

/** What `activate` returns to tests inside VS Code, and to no other caller. Carries no token. */
export interface TestSeam {
  /** Answers instead of a user. */
  prompt: Prompt | undefined;
  /** Replaces the focus of a window that no user is using. */
  isFocused: boolean | undefined;
  /** The session ids in the provider's own change events. */
  readonly announced: { readonly added: string[]; readonly removed: string[]; readonly changed: string[] }[];
}

export function testSeam({ extensionMode }: vscode.ExtensionContext): TestSeam | undefined {
  return extensionMode === vscode.ExtensionMode.Test
    ? { prompt: undefined, isFocused: undefined, announced: [] }
    : undefined;
}
