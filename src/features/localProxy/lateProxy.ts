import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Emitter } from '../../core/base/emitter';
import { once } from '../../core/base/once';
import type { Core } from '../../core/core';
import type { Host } from '../../editor/host';
import type { OpenedProxy } from './openLocalProxy';
import type { LateProxy, ProxyOfWindow } from './proxyOfWindow';

/** The same as `localProxyFileName`, which this file must not load. */
export const sharedFile = 'local-proxy.json';

/** Every window creates one, and most never open it. So it loads nothing of the proxy before that. */
export function lateProxy(core: Core, host: Host): LateProxy & Omit<OpenedProxy, 'proxy'> {
  const changed = new Emitter<void>(() => {
    core.log.warn('local proxy: a listener failed');
  });
  let opened: OpenedProxy | undefined;
  const load = once(async () => {
    const { openLocalProxy } = await import('./openLocalProxy');
    opened = await openLocalProxy(core, host);
    opened.proxy.onDidChange(() => {
      changed.emit();
    });
    changed.emit();
    return opened.proxy;
  });
  const lastTouched = async (): Promise<number | undefined> => {
    const root = host.folders?.root;
    return root === undefined
      ? undefined
      : await stat(join(root, sharedFile)).then(
          ({ mtimeMs }) => mtimeMs,
          () => undefined,
        );
  };
  const openIfUsed = async (): Promise<ProxyOfWindow | undefined> =>
    opened?.proxy ?? ((await lastTouched()) === undefined ? undefined : await load());
  return {
    get opened() {
      return opened?.proxy;
    },
    open: load,
    openIfUsed,
    lastTouched,
    onDidChange: changed.on,
    close: async () => {
      await opened?.close();
    },
    forget: async () => {
      await openIfUsed();
      await opened?.forget();
    },
    dispose: () => {
      opened?.dispose();
    },
  };
}
