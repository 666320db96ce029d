import * as vscode from 'vscode';

/** A token that this window has put on the clipboard, as the status bar shows it. Holds no secret. Times since 1970, ms. */
export interface CopiedToken {
  /** Whose it is. */
  readonly label: string;
  readonly form: 'token' | 'header';
  readonly at: number;
  /** Seconds after which it is cleared; undefined where it stays. */
  readonly clearAfter: number | undefined;
  /** It should be gone, and the clipboard could not be reached; that is tried again. */
  readonly isOverdue: boolean;
}

/** The token that this window has on the clipboard. The feature that copies sets it; others only show it. */
export class CopiedTokenState implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  private value: CopiedToken | undefined;

  get current(): CopiedToken | undefined {
    return this.value;
  }

  set(value: CopiedToken | undefined): void {
    this.value = value;
    this.changed.fire();
  }

  dispose(): void {
    this.changed.dispose();
  }
}
