import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { LocalProxyStatus } from '../../core/localProxy/localProxy';
import { portFailure } from '../../core/localProxy/portFailure';
import type { Host } from '../../editor/host';
import { describe } from '../../editor/messages/messages';
import { sentences } from '../../editor/messages/sentences';
import { offer } from './offer';
import type { ProxyOfWindow } from './proxyOfWindow';

type PortTaken = Extract<LocalProxyStatus, { kind: 'portTaken' }>;

/** Notifies the user of what happens to the local proxy without a command of theirs. */
export class ProxyNotices {
  /** The port that copied addresses name, as this window knows it. */
  private port: number | undefined;
  /** The port about which the user knows that another program uses it. */
  private saidOf: number | undefined;
  /** The port about which this window has said that another program may have learned the key there. */
  private offeredKeyFor: number | undefined;
  private readonly subscriptions: readonly (() => void)[];

  constructor(
    private readonly proxy: ProxyOfWindow & { readonly isStarting: boolean },
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
    const { status, shared } = this.proxy;
    if (status.kind === 'portTaken') {
      this.sayTaken(status);
      return;
    }
    this.saidOf = undefined;
    const before = this.port;
    this.port = shared.port;
    if (status.kind === 'here') {
      this.sayWhere(status.port, before ?? status.port, status.exposedOn);
    } else {
      this.offeredKeyFor = undefined;
    }
  }

  /** Every window tries to listen, and only the one that the user works in says so. */
  private sayTaken(status: PortTaken): void {
    const { port, stuck } = status;
    if (this.saidOf === port || !this.host.isFocused()) {
      return;
    }
    this.saidOf = port;
    if (this.proxy.isStarting) {
      return;
    }
    const why = describe(portFailure(status));
    if (stuck === true) {
      offer('warning', why);
      return;
    }
    this.offeredKeyFor = port;
    offer('warning', sentences(why, mayKnowKey(port)), 'openSettings', 'newKey');
  }

  private sayWhere(port: number, before: number, exposedOn: number | undefined): void {
    const isExposed = exposedOn !== undefined && exposedOn !== this.offeredKeyFor;
    this.offeredKeyFor = exposedOn;
    const why = isExposed ? [l10n.t('Another program has used port {0}.', exposedOn), mayKnowKey(exposedOn)] : [];
    if (port !== before) {
      const copyAgain = l10n.t(
        'The local proxy now listens on port {0}. Copy the addresses of your tools again.',
        port,
      );
      offer('warning', sentences(copyAgain, ...why), 'copyAddress', ...(isExposed ? (['newKey'] as const) : []));
    } else if (isExposed) {
      offer('warning', sentences(...why), 'newKey');
    }
  }
}

function mayKnowKey(port: number): string {
  return l10n.t('If a tool has called port {0} meanwhile, that program has your key: then make a new one.', port);
}
