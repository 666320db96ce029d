import * as vscode from 'vscode';

/** The local proxy, as this window shows it. Contains no key. Times are milliseconds since 1970. */
export interface LocalProxyView {
  /**
   * `here`: this window listens. `elsewhere`: another window does. `portTaken`: another program, or a window that does not
   * respond, has the port. `waiting`: it is started, and no window can listen now, usually because no workspace is trusted.
   */
  readonly state: 'here' | 'elsewhere' | 'portTaken' | 'waiting';
  readonly port: number;
  /** When this window began to listen. */
  readonly since: number;
  /** Requests that this window has forwarded since then. */
  readonly requests: number;
  /** Each environment that it serves, and the label of the account whose token it would send now, if there is one. */
  readonly environments: readonly { readonly name: string; readonly account: string | undefined }[];
}

/** What the status bar shows of the local proxy. The `localProxy` feature sets it. */
export class LocalProxyState implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  private value: LocalProxyView | undefined;

  /** Undefined while it is off. */
  get current(): LocalProxyView | undefined {
    return this.value;
  }

  set(value: LocalProxyView | undefined): void {
    this.value = value;
    this.changed.fire();
  }

  dispose(): void {
    this.changed.dispose();
  }
}
