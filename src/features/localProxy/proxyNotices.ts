import * as vscode from 'vscode';
import type { LocalProxyStatus } from '../../core/localProxy/localProxy';
import { portFailure } from '../../core/localProxy/portFailure';
import type { Host } from '../../editor/host';
import { describe } from '../../editor/messages/messages';
import { offer } from './offer';
import type { ProxyOfWindow } from './proxyOfWindow';

type PortTaken = Extract<LocalProxyStatus, { kind: 'portTaken' }>;

/** Notifies the user of what happens to the local proxy without a command of theirs. */
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
      this.sayTaken(status);
      return;
    }
    this.saidOf = undefined;
    if (status.kind === 'off' || status.kind === 'waiting') {
      return;
    }
    const exposedOn = status.kind === 'here' ? status.exposedOn : undefined;
    const before = this.port ?? exposedOn; // a window that opens has not read yet which port addresses name
    this.port = status.port;
    if (status.kind === 'here' && before !== undefined && before !== status.port) {
      this.sayMoved(status.port, exposedOn);
    }
  }

  /** Every window tries to listen, and only the one that the user works in says so. */
  private sayTaken(status: PortTaken): void {
    const { port, stuck } = status;
    if (this.saidOf === port || !this.host.isFocused()) {
      return;
    }
    this.saidOf = port;
    const failure = portFailure(status);
    if (failure !== undefined && !this.proxy.isStarting) {
      offer('warning', describe(failure), ...(stuck === true ? [] : (['openSettings', 'newKey'] as const)));
    }
  }

  private sayMoved(port: number, exposedOn: number | undefined): void {
    const copyAgain = `The local proxy now listens on port ${port}. Copy the addresses of your tools again.`;
    if (exposedOn === undefined) {
      offer('warning', copyAgain, 'copyAddress');
      return;
    }
    const why = `Another program uses port ${exposedOn}. If a tool has called that program, it has your key: make a new one.`;
    offer('warning', `${copyAgain} ${why}`, 'copyAddress', 'newKey');
  }
}
