import * as vscode from 'vscode';

interface Asked {
  /** What is about to happen, and to which account and host. */
  readonly message: string;
  /** The consequences for the user and for other tools. */
  readonly detail: string;
  /** The button that changes nothing. Enter presses it. VS Code treats an `&` in a button as a mnemonic. */
  readonly no: string;
}

/** A question whose "yes" gives something away: a secret, a sign-in, a token. */
export interface Question extends Asked {
  /** The button that agrees. */
  readonly yes: string;
}

/** The same with more than one way to agree. */
export interface Choice<T extends string> extends Asked {
  /** The buttons that agree. */
  readonly choices: readonly T[];
}

/** Whether the user agrees; see `choose`. */
export async function confirm({ yes, ...asked }: Question): Promise<boolean> {
  return (await choose({ ...asked, choices: [yes] })) === yes;
}

/**
 * Asks in a modal whose default button is harmless. Undefined if the user does not agree. A list or notification cannot
 * ask for consent: any extension can accept what is selected there with a command
 * (`workbench.action.acceptSelectedQuickOpenItem`, `quickInput.accept`, `notification.acceptPrimaryAction`). A modal
 * has no command: in VS Code 1.103 and 1.139 only the mouse and the keyboard can answer it, whether the window draws it
 * (`dialog.ts`) or the desktop (`dialogMainService.ts`).
 *
 * Enter presses the first plain item, on the desktop and in the browser. An item with `isCloseAffordance` goes last and
 * is never the default. So `no` comes first as a plain item, and VS Code itself adds Cancel for Escape.
 */
export async function choose<T extends string>({ message, detail, choices, no }: Choice<T>): Promise<T | undefined> {
  const agreeing = choices.map((title) => ({ title }));
  const disagreeing: vscode.MessageItem = { title: no };
  const items = [disagreeing, ...agreeing];
  const pressed = await vscode.window.showWarningMessage(message, { modal: true, detail }, ...items);
  return agreeing.find((item) => item === pressed)?.title;
}
