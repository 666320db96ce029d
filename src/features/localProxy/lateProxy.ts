import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Emitter } from '../../core/base/emitter';
import { once } from '../../core/base/once';
import type { Core } from '../../core/core';
import { localProxyFile } from '../../core/localProxy/storedNames';
import type { Host } from '../../editor/host';
import type { OpenedProxy } from './openLocalProxy';
import type { LateProxy, ProxyOfWindow } from './proxyOfWindow';

/** Every window creates one, and most never open it. So it loads nothing of the proxy before that. */
export class WindowLateProxy implements LateProxy {
  private readonly changed: Emitter<void>;
  private loaded: OpenedProxy | undefined;
  readonly onDidChange: LateProxy['onDidChange'];
  readonly open: () => Promise<ProxyOfWindow>;

  constructor(
    core: Core,
    private readonly host: Host,
  ) {
    this.changed = new Emitter(() => {
      core.log.warn('local proxy: a listener failed');
    });
    this.onDidChange = this.changed.on;
    this.open = once(async () => {
      const { openLocalProxy } = await import('./openLocalProxy');
      this.loaded = await openLocalProxy(core, host, () => {
        this.changed.emit();
      });
      return this.loaded.proxy;
    });
  }

  get opened(): ProxyOfWindow | undefined {
    return this.loaded?.proxy;
  }

  async openIfUsed(): Promise<ProxyOfWindow | undefined> {
    return this.opened ?? ((await this.lastTouched()) === undefined ? undefined : await this.open());
  }

  async lastTouched(): Promise<number | undefined> {
    const { folders } = this.host;
    try {
      return folders === undefined ? undefined : (await stat(join(folders.root, localProxyFile))).mtimeMs;
    } catch {
      return undefined;
    }
  }

  readonly close = async (): Promise<void> => {
    await this.loaded?.close();
  };

  readonly forget = async (): Promise<void> => {
    await this.openIfUsed();
    await this.loaded?.forget();
  };

  dispose(): void {
    this.loaded?.dispose();
  }
}
