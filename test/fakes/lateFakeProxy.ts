import { Emitter } from '../../src/core/base/emitter';
import type { Failure } from '../../src/core/base/failure';
import type { LocalProxyStatus } from '../../src/core/localProxy/localProxy';
import type { SharedState } from '../../src/core/localProxy/sharedState';
import type { LateProxy, ProxyOfWindow } from '../../src/features/localProxy/proxyOfWindow';

/** The local proxy of a window that has not opened it yet, where users have agreed to it or not. */
export class LateFakeProxy implements LateProxy {
  private readonly changed = new Emitter<void>(() => undefined);
  readonly onDidChange = this.changed.on;
  opened: ProxyOfWindow | undefined;
  status: LocalProxyStatus = { kind: 'off' };
  shared: SharedState = { agreed: true, wanted: false, port: 4711, account: undefined };
  keys = ['first-key'];
  /** Whether anybody ever started it on this computer. */
  wasUsed = true;
  /** What starting it fails with. */
  trouble: Failure | undefined;
  /** What was called, in order. */
  readonly calls: string[] = [];

  /** Something changed: in this window, or in another one. */
  become(changes: Partial<SharedState>): void {
    this.shared = { ...this.shared, ...changes };
    this.changed.emit();
  }

  replaceKey(): Promise<void> {
    this.keys.push(`key ${this.keys.length + 1}`);
    this.changed.emit();
    return Promise.resolve();
  }

  open(): Promise<ProxyOfWindow> {
    this.calls.push('open');
    // eslint-disable-next-line @typescript-eslint/no-this-alias -- the getters below are of another object
    const late = this;
    this.opened ??= {
      get status() {
        return late.status;
      },
      get shared() {
        return late.shared;
      },
      get keyChanges() {
        return late.keys.length - 1;
      },
      onDidChange: this.onDidChange,
      served: () => Promise.resolve([]),
      ensureStarted: () => Promise.reject(new Error('not for MCP definitions: it asks')),
      startIfAgreed: () => this.start(),
      stop: () => Promise.resolve(),
      replaceKey: () => this.replaceKey(),
      key: () => {
        this.calls.push('key');
        return Promise.resolve(this.keys.at(-1) ?? '');
      },
      addressOf: () => Promise.reject(new Error('not for MCP definitions')),
    };
    return Promise.resolve(this.opened);
  }

  openIfUsed(): Promise<ProxyOfWindow | undefined> {
    this.calls.push('openIfUsed');
    return this.wasUsed ? this.open() : Promise.resolve(undefined);
  }

  lastTouched(): Promise<number | undefined> {
    return Promise.resolve(this.wasUsed ? 0 : undefined);
  }

  private start(): Promise<boolean> {
    this.calls.push('start');
    if (!this.shared.agreed) {
      return Promise.resolve(false);
    }
    if (this.trouble !== undefined) {
      return Promise.reject(this.trouble);
    }
    const port = this.shared.port ?? 4712;
    this.status = { kind: 'here', port, since: 0 };
    this.become({ wanted: true, port });
    return Promise.resolve(true);
  }
}
