import type { Core } from '../../core/core';
import { commandIds } from '../../editor/commandIds';
import type { Host } from '../../editor/host';
import { copyAddress } from './address/copyAddress';
import type { LateProxy } from './proxyOfWindow';
import { replaceKey } from './replaceKey';
import { startLocalProxy } from './startLocalProxy';
import { stopLocalProxy } from './stopLocalProxy';

type Work = (proxy: LateProxy, core: Core, host: Host) => Promise<void>;

/** What each command does. Loaded by the first of them. */
export const works = {
  [commandIds.startLocalProxy]: async (proxy) => {
    await startLocalProxy(await proxy.open());
  },
  [commandIds.stopLocalProxy]: async (proxy) => {
    await stopLocalProxy(await proxy.openIfUsed());
  },
  [commandIds.copyLocalProxyAddress]: async (proxy, core, host) => {
    await copyAddress(await proxy.open(), core, host);
  },
  [commandIds.newLocalProxyKey]: async (proxy, _core, host) => {
    await replaceKey(await proxy.open(), host);
  },
} satisfies Readonly<Record<string, Work>>;
