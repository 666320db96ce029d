import * as l10n from '@vscode/l10n';
import { isFailure } from '../../core/base/failure';
import type { Log } from '../../core/base/log';
import { offer } from './offer';
import type { ProxyOfWindow } from './proxyOfWindow';

/**
 * Starts the proxy in a window that opens, for users whose settings say so. The settings are no agreement: they may come from
 * another computer, and agents and other extensions can change them.
 */
export async function startWithWindow(proxy: ProxyOfWindow, log: Log): Promise<void> {
  try {
    if (await proxy.startIfAgreed()) {
      return;
    }
  } catch (error) {
    if (!isFailure(error)) {
      throw error;
    }
    log.warn('local proxy: not started', { code: error.code }); // a notice says that the port is taken
    return;
  }
  offer(
    'information',
    l10n.t(
      'By your settings, the local proxy starts with each window. It does so once you have started it yourself and agreed to it.',
    ),
    'start',
  );
}
