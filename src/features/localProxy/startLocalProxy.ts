import * as l10n from '@vscode/l10n';
import type { LocalProxyStatus } from '../../core/localProxy/localProxy';
import { sentences } from '../../editor/messages/sentences';
import { offer } from './offer';
import type { ProxyOfWindow } from './proxyOfWindow';

type On = Extract<LocalProxyStatus, { readonly kind: 'here' | 'elsewhere' }>;

/**
 * Start Local Proxy. Any program can run it. So a window without the focus starts nothing, and the first start asks in a
 * modal; after that, nothing comes of it but a message: the caller gets no address and no key.
 *
 * @throws {Failure} see `ProxyOfWindow.ensureStarted`
 */
export async function startLocalProxy(proxy: ProxyOfWindow): Promise<void> {
  const wasOn = isOn(proxy.status);
  await proxy.ensureStarted();
  const { status } = proxy;
  if (!isOn(status)) {
    return; // stopped again meanwhile, in another window
  }
  const next = l10n.t('Copy an address for each tool that should reach Reltio.');
  offer('information', sentences(whereItRuns(status, wasOn), next), 'copyAddress');
}

function whereItRuns({ kind, port }: On, wasOn: boolean): string {
  if (kind === 'elsewhere') {
    return wasOn
      ? l10n.t('The local proxy already runs in another window, on port {0}.', port)
      : l10n.t('The local proxy runs in another window, on port {0}.', port);
  }
  return wasOn
    ? l10n.t('The local proxy already runs on port {0}.', port)
    : l10n.t('The local proxy runs on port {0}.', port);
}

function isOn(status: LocalProxyStatus): status is On {
  return status.kind === 'here' || status.kind === 'elsewhere';
}
