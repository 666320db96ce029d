import * as vscode from 'vscode';
import type { Core } from '../../core/core';
import { localProxyKey } from '../../core/localProxy/storedNames';
import { commandIds } from '../../editor/commandIds';
import type { Host } from '../../editor/host';
import { WindowLateProxy } from './lateProxy';
import { registerMcp } from './mcp/registerMcp';

/** How long ago another window may last have followed the proxy for this one to join it (milliseconds). */
const recently = 30_000;

/** Reltio on localhost: the commands of the local proxy, and Reltio's MCP servers behind it. */
export function register(core: Core, host: Host): vscode.Disposable {
  const proxy = new WindowLateProxy(core, host);
  const quietly = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      core.log.warn('local proxy: not opened');
      host.noticeOutdated(error);
    }
  };
  const join = (): Promise<void> =>
    quietly(async () => {
      if (host.settings.value('localProxy.start') === 'withWindow' && vscode.workspace.isTrusted) {
        await (await import('./startWithWindow')).startWithWindow(await proxy.open(), core.log);
      } else if (core.clock.now() - ((await proxy.lastTouched()) ?? -Infinity) < recently) {
        await proxy.open();
      }
    });
  void core.load().then(join);
  host.beforeClosing(proxy.close);
  host.beforeForgetting(proxy.forget);
  const { startLocalProxy, stopLocalProxy, copyLocalProxyAddress, newLocalProxyKey } = commandIds;
  const commands = [startLocalProxy, stopLocalProxy, copyLocalProxyAddress, newLocalProxyKey] as const;
  return vscode.Disposable.from(
    proxy,
    ...commands.map((id) =>
      host.command(id, async () => {
        await (await import('./commands')).works[id](proxy, core, host);
      }),
    ),
    registerMcp(proxy, core, host),
    vscode.workspace.onDidGrantWorkspaceTrust(join),
    {
      dispose: host.secrets.onDidChange((key) => {
        if (key === localProxyKey) {
          void quietly(proxy.open); // each start stores the key: that is how the windows without the proxy learn of it
        }
      }),
    },
  );
}
