import { Emitter } from '../../src/core/base/emitter';
import { Failure } from '../../src/core/base/failure';
import type { LocalProxy, LocalProxyStatus } from '../../src/core/localProxy/localProxy';
import type { SharedState } from '../../src/core/localProxy/sharedState';

/** The key of the local proxy, without a secret storage. */
export class FakeKey {
  readonly keys = ['first-key'];
  /** How often other windows were notified. */
  announced = 0;

  get(): Promise<string> {
    return Promise.resolve(this.keys.at(-1) ?? '');
  }

  replace(): Promise<void> {
    this.keys.push('second-key');
    return Promise.resolve();
  }

  announce(): Promise<void> {
    this.announced += 1;
    return Promise.resolve();
  }
}

/** The local proxy of one window, without a server, a file or another window. */
export class FakeLocalProxy implements LocalProxy {
  private readonly changed = new Emitter<void>(() => undefined);
  readonly onDidChange = this.changed.on;
  status: LocalProxyStatus = { kind: 'off' };
  shared: SharedState = { agreed: false, wanted: false, port: undefined, account: undefined };
  /** The port on which it listens; `taken` by another program. */
  port: number | 'taken' = 4711;
  /** What was called, in order. */
  readonly calls: string[] = [];

  /** Something changed: in this window, or in another one. */
  become(status: LocalProxyStatus, shared: Partial<SharedState> = {}): void {
    this.status = status;
    this.shared = { ...this.shared, ...shared };
    this.changed.emit();
  }

  join(): Promise<void> {
    this.calls.push('join');
    return Promise.resolve();
  }

  start(account: string | undefined, agreed: 'now' | 'before' = 'now'): Promise<void> {
    this.calls.push('start');
    if (agreed === 'before' && !this.shared.agreed) {
      return Promise.resolve();
    }
    const { port } = this;
    if (port === 'taken') {
      this.become({ kind: 'portTaken', port: 4711 }, { agreed: true, wanted: true, account });
      return Promise.reject(new Failure('localProxyPortTaken', { port: 4711 }));
    }
    const status = this.status.kind === 'off' ? ({ kind: 'here', port, since: 0 } as const) : this.status;
    this.become(status, { agreed: true, wanted: true, port, account: account ?? this.shared.account });
    return Promise.resolve();
  }

  stop(): Promise<void> {
    this.calls.push('stop');
    this.become({ kind: 'off' }, { agreed: false, wanted: false });
    return Promise.resolve();
  }

  useAccount(account: string | undefined): Promise<void> {
    this.calls.push('useAccount');
    this.become(this.status, { account });
    return Promise.resolve();
  }

  endConnections(): void {
    this.calls.push('endConnections');
  }

  close(): Promise<void> {
    this.calls.push('close');
    this.become({ kind: 'off' });
    return Promise.resolve();
  }
}
