import * as vscode from 'vscode';

/** How often Reltio IDE was asked for its box, with what, and the token that was then entered for which environment. */
export interface ReltioIde {
  readonly calls: (readonly unknown[])[];
  readonly tokens: Map<string, string>;
}

/** Represents Reltio IDE as far as another extension can use it: a command that asks for a token in a box. */
export function activate(context: vscode.ExtensionContext): ReltioIde {
  const known: ReltioIde = { calls: [], tokens: new Map() };
  context.subscriptions.push(
    vscode.commands.registerCommand('reltio.provideToken', async (...call: readonly unknown[]) => {
      known.calls.push(call);
      const [node] = call as [{ readonly environmentName: string } | undefined];
      if (node === undefined) return;
      const token = await enteredToken(node.environmentName);
      if (token !== undefined) known.tokens.set(node.environmentName, token);
    }),
  );
  return known;
}

/** In place of the user's paste, the box is filled from the clipboard. */
async function enteredToken(environment: string): Promise<string | undefined> {
  const options = { title: 'Bearer token', prompt: `Token for ${environment}`, password: true, ignoreFocusOut: true };
  return await vscode.window.showInputBox({ ...options, value: await vscode.env.clipboard.readText() });
}
