import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { within } from '../../core/base/clock';
import { Failure } from '../../core/base/failure';
import type { Core } from '../../core/core';
import { LocalProxyFile } from '../../core/localProxy/election/localProxyFile';
import { WindowElection } from '../../core/localProxy/election/windowElection';
import { Forwarder } from '../../core/localProxy/forwarder';
import { KeyStore } from '../../core/localProxy/keyStore';
import { openProxyServer, type ProxyServer } from '../../core/localProxy/proxyServer';
import { noLock } from '../../core/locking/noLock';
import { windowLock } from '../../core/locking/windowLock';
import type { Host } from '../../editor/host';
import { describe } from '../../editor/messages/messages';
import { followAccount } from './accountFollower';
import { accountTokens } from './accountTokens';
import { ProxyNotices } from './proxyNotices';
import type { ProxyOfWindow } from './proxyOfWindow';
import { ProxyView } from './proxyView';
import { userPermissions } from './userPermissions';
import { WindowProxy } from './windowProxy';

/** How long the secret storage may take: a keyring may be asking the user for its password (milliseconds). */
const keyringWait = 5_000;

export interface OpenedProxy {
  readonly proxy: ProxyOfWindow;
  /** For a closing window: stops listening at once, so that another window can take over. */
  close(): Promise<void>;
  /** Stops it in all windows, and removes its key and its file. */
  forget(): Promise<void>;
  dispose(): void;
}

/**
 * Puts the local proxy of this window together. It takes part at once if another window has it running.
 *
 * @param onDidChange called when it is there, and whenever it changes
 */
export async function openLocalProxy(core: Core, host: Host, onDidChange: () => void): Promise<OpenedProxy> {
  const { clock, log } = core;
  const { settings, secrets, folders, network } = host;
  const random = { id: randomUUID, fraction: Math.random };
  const lock = folders === undefined ? noLock : windowLock(folders.locks, clock, random, log);
  const state = new LocalProxyFile({ folder: folders?.root, lock, clock, log });
  const key = new KeyStore({ secrets, lock, clock, log });
  const permissions = userPermissions(core, host);
  const forwarder: Forwarder = new Forwarder({
    upstream: network,
    environments: async () => (await settings.read()).environments,
    tokens: accountTokens(core, () => localProxy.shared.account),
    permissions,
    explain: describe,
    onForwarded: () => {
      view.count();
    },
    clock,
    log,
  });
  const listen = async (port: number): Promise<ProxyServer> => {
    await within(clock, keyringWait, key.get(), () => Promise.reject(new Error('not read in time'))).catch(() => {
      throw new Failure('sessionsUnreadable');
    });
    const { isKey } = key;
    return await openProxyServer(port, { forward: forwarder.forward.bind(forwarder), isKey, clock, log });
  };
  const localProxy: WindowElection = new WindowElection({
    state,
    listen,
    wantedPort: () => settings.value('localProxy.port'),
    mayListen: () => vscode.workspace.isTrusted,
    clock,
    log,
  });
  const proxy = new WindowProxy({ localProxy, key, core, host });
  proxy.onDidChange(onDidChange);
  localProxy.onDidChange(() => {
    if (localProxy.status.kind === 'off') permissions.forget();
  });
  const view: ProxyView = new ProxyView(proxy, core, host);
  const notices = new ProxyNotices(proxy, host);
  const stopFollowing = followAccount(localProxy, core, host);
  const stopWatching = key.watch((event) => {
    if (event === 'changed') {
      permissions.forget();
      proxy.keyChanged();
    }
    localProxy.join().catch(() => {
      log.warn('local proxy: did not join');
    });
  });
  await localProxy.join();
  onDidChange();
  return {
    proxy,
    close: () => localProxy.close(),
    forget: async () => {
      try {
        await localProxy.stop().finally(() => state.remove());
        await key.forget(); // later than the file: a window that still followed the proxy would make another key
      } catch {
        log.warn('local proxy: not forgotten'); // its key goes with the secret storage, and without one it lets nobody in
      }
    },
    dispose: () => {
      stopWatching();
      stopFollowing();
      notices.dispose();
      view.dispose();
    },
  };
}
