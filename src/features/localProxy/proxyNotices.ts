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
    private readonly host: Pick<Host, 'isFocused' | 'settings'>,
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
      this.sayTaken(status.port);
      return;
    }
    this.saidOf = undefined;
    if (status.kind === 'off') {
      return;
    }
    const before = this.port;
    this.port = status.port;
    if (status.kind === 'here' && before !== undefined && before !== status.port) {
      this.sayMoved(before, status.port);
    }
  }

  /** Every window tries to listen, and only the one that the user works in says so. */
  private sayTaken(port: number): void {
    if (this.saidOf !== port && this.host.isFocused()) {
      this.saidOf = port;
      const wrong = `If a tool has called port ${port} meanwhile, that program has your key: then make a new one.`;
      const failure = new Failure('localProxyPortTaken', { port });
      offer('warning', `${describe(failure)} ${wrong}`, 'openSettings', 'newKey');
    }
  }

  private sayMoved(before: number, now: number): void {
    const copyAgain = `The local proxy now listens on port ${now}. Copy the addresses of your tools again.`;
    if (this.host.settings.value('localProxy.port') === now) {
      offer('warning', copyAgain, 'copyAddress'); // the user has chosen it
      return;
    }
    offer(
      'warning',
      `${copyAgain} Another program uses port ${before}. If a tool has called that port meanwhile, the program has your key: ` +
        'then make a new one first.',
      'copyAddress',
      'newKey',
    );
  }
}
