import type { LocalProxyStatus } from '../../core/localProxy/localProxy';
import { offer } from './offer';
import type { ProxyOfWindow } from './proxyOfWindow';

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
  const where = `${status.kind === 'elsewhere' ? 'in another window, ' : ''}on port ${status.port}`;
  const message = `The local proxy ${wasOn ? 'already ' : ''}runs ${where}. Copy an address for each tool that should reach Reltio.`;
  offer('information', message, 'copyAddress');
}

function isOn(status: LocalProxyStatus): status is Extract<LocalProxyStatus, { readonly kind: 'here' | 'elsewhere' }> {
  return status.kind === 'here' || status.kind === 'elsewhere';
}
