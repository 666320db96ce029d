import * as vscode from 'vscode';
import { Failure } from '../../core/base/failure';
import type { Host } from '../../editor/host';
import { describe } from '../../editor/messages/messages';
import { offer } from './offer';
import type { ProxyOfWindow } from './proxyOfWindow';

/** Tells the user what happened to the local proxy that nobody here asked for. */
export class ProxyNotices {
  /** The port that copied addresses name, as this window knows it. */
  private port: number | undefined;
  /** The port about which this window has said that another program uses it. */
  private saidOf: number | undefined;
  private readonly subscriptions: readonly (() => void)[];

  constructor(
    private readonly proxy: ProxyOfWindow,
    private readonly host: Pick<Host, 'isFocused'>,
  ) {
    this.port = proxy.shared.port;
    const focus = vscode.window.onDidChangeWindowState(() => {
      this.check();
    });
    this.subscriptions = [
      proxy.onDidChange(() => {
        this.check();
      }),
      () => {
        focus.dispose();
      },
    ];
  }

  dispose(): void {
    this.subscriptions.forEach((stop) => {
      stop();
    });
  }

  private check(): void {
    const { status } = this.proxy;
    if (status.kind === 'portTaken') {
      this.sayTaken(status.port, status.stuck === true);
      return;
    }
    this.saidOf = undefined;
    if (status.kind === 'off' || status.kind === 'waiting') {
      return;
    }
    const before = this.port;
    this.port = status.port;
    if (status.kind === 'here' && before !== undefined && before !== status.port) {
      this.sayMoved(status.port, status.exposedOn);
    }
  }

  /** Every window tries to listen, and only the one that the user works in says so. */
  private sayTaken(port: number, isStuck: boolean): void {
    if (this.saidOf === port || !this.host.isFocused()) {
      return;
    }
    this.saidOf = port;
    if (isStuck) {
      offer(
        'warning',
        `The VS Code window that runs the local proxy, on port ${port}, does not respond. Close or reload that window; then ` +
          'another one goes on.',
      );
      return;
    }
    const failure = new Failure('localProxyPortTaken', { port });
    offer('warning', `${describe(failure)} ${mayKnowKey(port)}`, 'openSettings', 'newKey');
  }

  private sayMoved(port: number, exposedOn: number | undefined): void {
    const copyAgain = `The local proxy now listens on port ${port}. Copy the addresses of your tools again.`;
    if (exposedOn === undefined) {
      offer('warning', copyAgain, 'copyAddress');
      return;
    }
    const why = `Another program uses port ${exposedOn}. ${mayKnowKey(exposedOn)}`;
    offer('warning', `${copyAgain} ${why}`, 'copyAddress', 'newKey');
  }
}

function mayKnowKey(port: number): string {
  return `If a tool has called port ${port} meanwhile, that program has your key: then make a new one.`;
}
