import * as vscode from 'vscode';
import type { Cancel } from '../../core/base/clock';
import type { Core } from '../../core/core';
import { accountLabel } from '../../core/model/account';
import { contextKeys } from '../../editor/commandIds';
import type { Host } from '../../editor/host';
import type { LocalProxyView } from '../../editor/localProxyState';
import type { ProxyOfWindow } from './proxyOfWindow';

/** A burst of requests is shown at most once in this time (milliseconds). */
const pause = 1_000;

/** Keeps what the status bar and the menus show of the local proxy up to date. */
export class ProxyView {
  private requests = 0;
  /** When this window began to listen: the requests are counted from then on. */
  private since = 0;
  private shown: string | undefined;
  private shownState = 'off';
  private isOutdated = false;
  /** How often it was to be shown: only the newest view counts. */
  private shows = 0;
  private waiting: Cancel | undefined;
  private readonly subscriptions: readonly (() => void)[];

  constructor(
    private readonly proxy: ProxyOfWindow,
    private readonly core: Core,
    private readonly host: Host,
  ) {
    const update = (): void => {
      this.update();
    };
    const settings = host.settings.onDidChange(update);
    this.subscriptions = [
      proxy.onDidChange(update),
      core.onDidChangeSessions(update),
      () => {
        settings.dispose();
      },
    ];
  }

  /** A request was sent to an environment. */
  count(): void {
    this.requests += 1;
    this.update();
  }

  /** Shows a first change at once, and those that follow it together; that it starts or stops, always at once. */
  update(): void {
    const { status } = this.proxy;
    const since = status.kind === 'here' ? status.since : 0;
    if (since !== this.since) {
      this.since = since;
      this.requests = 0;
    }
    const state = status.kind === 'off' ? 'off' : `${status.kind} ${status.port}`;
    if (this.waiting !== undefined && state === this.shownState) {
      this.isOutdated = true;
      return;
    }
    this.shownState = state;
    this.isOutdated = false;
    this.waiting?.();
    this.waiting = this.core.clock.after(pause, () => {
      this.waiting = undefined;
      if (this.isOutdated) {
        this.update();
      }
    });
    this.show().catch(() => {
      this.core.log.warn('local proxy: not shown');
    });
  }

  dispose(): void {
    this.waiting?.();
    this.subscriptions.forEach((stop) => {
      stop();
    });
  }

  private async show(): Promise<void> {
    const show = (this.shows += 1);
    const view = await this.view();
    const text = JSON.stringify(view);
    if (show !== this.shows || text === this.shown) {
      return;
    }
    this.shown = text;
    this.host.localProxy.set(view);
    await vscode.commands.executeCommand('setContext', contextKeys.localProxyOn, view !== undefined);
  }

  private async view(): Promise<LocalProxyView | undefined> {
    const served = await this.proxy.served();
    const { status } = this.proxy;
    if (status.kind === 'off') {
      return undefined;
    }
    return {
      state: status.kind,
      port: status.port,
      since: this.since,
      requests: this.requests,
      environments: served.map(({ environment: { name }, session }) => ({
        name,
        account: session === undefined ? undefined : accountLabel(session.account),
      })),
    };
  }
}
