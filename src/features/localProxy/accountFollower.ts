import * as vscode from 'vscode';
import type { Core } from '../../core/core';
import type { LocalProxy } from '../../core/localProxy/localProxy';
import { accountId } from '../../core/model/account';
import type { Host } from '../../editor/host';

/**
 * Records for the local proxy which account the user chooses. A choice counts in the window that listens; in another one only
 * while the proxy has none that is signed in, so that work with another account there does not change whose token tools get.
 *
 * @returns ends that
 */
export function followAccount(
  localProxy: LocalProxy,
  { sessions, onDidChangeSessions, log }: Core,
  host: Host,
): () => void {
  const { accountInUse } = host;
  const use = (): void => {
    const { session } = accountInUse;
    if (session !== undefined && vscode.workspace.isTrusted) {
      localProxy.useAccount(accountId(session.account)).catch(() => {
        log.warn('local proxy: account not recorded');
      });
    }
  };
  const isSignedIn = (): boolean =>
    sessions.known.some(({ account }) => accountId(account) === localProxy.shared.account);
  const subscriptions = [
    accountInUse.onDidChange(() => {
      const { kind } = localProxy.status;
      if (kind === 'here' || (kind !== 'off' && !isSignedIn())) {
        use();
      }
    }),
    onDidChangeSessions(() => {
      // the first account may be signed in after the start, and a second one later must not take its place
      if (localProxy.status.kind === 'here' && localProxy.shared.account === undefined && sessions.known.length === 1) {
        use();
      }
    }),
  ];
  return () => {
    subscriptions.forEach((stop) => {
      stop();
    });
  };
}
