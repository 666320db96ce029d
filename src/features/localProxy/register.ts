import * as vscode from 'vscode';
import type { Core } from '../../core/core';
import { commandIds } from '../../editor/commandIds';
import type { Host } from '../../editor/host';
import { localProxyKey } from '../../editor/localProxyKey';
import { lateProxy } from './lateProxy';
import { registerMcp } from './mcp/registerMcp';

/** How long ago another window may last have followed the proxy for this one to join it (milliseconds). */
const recently = 30_000;

/** Reltio on localhost: the commands of the local proxy, and Reltio's MCP servers behind it. */
export function register(core: Core, host: Host): vscode.Disposable {
  const { clock, log } = core;
  const { settings, secrets } = host;
  const proxy = lateProxy(core, host);
  const join = async (): Promise<void> => {
    if (settings.value('localProxy.start') === 'withWindow' && vscode.workspace.isTrusted) {
      const { startWithWindow } = await import('./startWithWindow');
      await startWithWindow(await proxy.open(), log);
    } else if (clock.now() - ((await proxy.lastTouched()) ?? -Infinity) < recently) {
      await proxy.open();
    }
  };
  const quietly = (work: Promise<unknown>): void => {
    work.catch((error: unknown) => {
      log.warn('local proxy: not opened');
      host.noticeOutdated(error);
    });
  };
  quietly(core.load().then(join));
  host.beforeClosing(proxy.close);
  host.beforeForgetting(proxy.forget);
  return vscode.Disposable.from(
    proxy,
    host.command(commandIds.startLocalProxy, async () => {
      const { startLocalProxy } = await import('./startLocalProxy');
      await startLocalProxy(await proxy.open());
    }),
    host.command(commandIds.stopLocalProxy, async () => {
      const { stopLocalProxy } = await import('./stopLocalProxy');
      await stopLocalProxy(await proxy.openIfUsed());
    }),
    host.command(commandIds.copyLocalProxyAddress, async () => {
      const { copyAddress } = await import('./address/copyAddress');
      await copyAddress(await proxy.open(), core, host);
    }),
    host.command(commandIds.newLocalProxyKey, async () => {
      const { replaceKey } = await import('./replaceKey');
      await replaceKey(await proxy.open(), host);
    }),
    registerMcp(proxy, core, host),
    vscode.workspace.onDidGrantWorkspaceTrust(() => {
      quietly(join());
    }),
    {
      dispose: secrets.onDidChange((key) => {
        if (key === localProxyKey) {
          quietly(proxy.open()); // each start stores the key: that is how the windows without the proxy learn of it
        }
      }),
    },
  );
}
