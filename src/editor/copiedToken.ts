import * as vscode from 'vscode';

/**
 * A token that this window has copied to the clipboard, as the status bar shows it. Contains no secret. Times are
 * milliseconds since 1970.
 */
export interface CopiedToken {
  /** The account's label. */
  readonly label: string;
  readonly form: 'token' | 'header' | 'curl';
  readonly at: number;
  /** Seconds after which it is cleared; undefined if it is not cleared. */
  readonly clearAfter: number | undefined;
  /** It should have been cleared, but the clipboard was not available; clearing is retried. */
  readonly isOverdue: boolean;
}

/** The token that this window copied to the clipboard. The `handoff` feature sets it; others only show it. */
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
