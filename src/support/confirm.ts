import * as vscode from 'vscode';

/** A question of which one answer gives something away: a secret, a sign-in, a token. */
export interface Question {
  /** What is about to happen, with the account and the host that it is about. */
  readonly message: string;
  /** What follows from it, for the person and for other tools. */
  readonly detail: string;
  /** The button that agrees. Both titles are ours alone: VS Code takes an `&` in them for a mnemonic. */
  readonly yes: string;
  /** The button that changes nothing. Enter presses it. */
  readonly no: string;
}

/**
 * Asks in a modal whose default button is harmless. For consent no list or notification will do: any extension can
 * accept what is selected there with a command (`workbench.action.acceptSelectedQuickOpenItem`, `quickInput.accept`,
 * `notification.acceptPrimaryAction`). A modal has no command: VS Code 1.103 and 1.139 answer it from the mouse and the
 * keys alone, whether it is drawn by the window (`dialog.ts`) or by the desktop (`dialogMainService.ts`).
 *
 * Enter presses the first plain item, on the desktop and in the browser. An item with `isCloseAffordance` goes last and
 * never is the default, so that `no` stands first as a plain item, and VS Code adds Cancel for Escape by itself.
 */
export async function confirm({ message, detail, yes, no }: Question): Promise<boolean> {
  const disagree: vscode.MessageItem = { title: no };
  const agree: vscode.MessageItem = { title: yes };
  const pressed = await vscode.window.showWarningMessage(message, { modal: true, detail }, disagree, agree);
  return pressed === agree;
}
