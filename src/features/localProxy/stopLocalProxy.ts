import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ProxyOfWindow } from './proxyOfWindow';

/** Stop Local Proxy. It asks nothing: whoever wants it off wants it off now. */
export async function stopLocalProxy(proxy: ProxyOfWindow | undefined): Promise<void> {
  const wasOn = proxy !== undefined && (proxy.status.kind !== 'off' || proxy.shared.agreed);
  await proxy?.stop();
  void vscode.window.showInformationMessage(
    wasOn
      ? l10n.t(
          'The local proxy is stopped in all windows. After its next start, addresses that you have copied work again; ' +
            '"Reltio: New Local Proxy Key" makes them useless.',
        )
      : l10n.t('The local proxy is not running.'),
  );
}
