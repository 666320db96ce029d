import * as vscode from 'vscode';

/**
 * Opens exactly this address. `openExternal` takes a `Uri` only by its type: the extension host hands a text on as it is, in
 * VS Code 1.103 and 1.139 (`extHostWindow.ts`, `mainThreadWindow.ts`). A `Uri` would be decoded and encoded again, after
 * which a `+` or `&` inside a value of the query means something else (microsoft/vscode#85930).
 */
export async function openBrowser(url: string): Promise<boolean> {
  try {
    return await vscode.env.openExternal(url as unknown as vscode.Uri);
  } catch {
    return false;
  }
}
