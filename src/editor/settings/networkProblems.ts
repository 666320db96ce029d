import * as l10n from '@vscode/l10n';
import type { NetworkSettings } from '../../core/network/networkSettings';
import { parseProxy } from '../../core/network/proxyAddress';
import { proxySpelling } from '../messages/connectionText';
import { settingId } from './settingTable';

/**
 * One sentence for each `reltioAuth.network` setting that cannot be used. Shows no value: an address may contain a
 * password.
 */
export function networkProblems({ ownProxy, clientCertificate }: NetworkSettings): readonly string[] {
  const problems: string[] = [];
  if (ownProxy !== '' && parseProxy(ownProxy) === undefined) {
    problems.push(`${l10n.t('{0} is not the address of a proxy.', settingId('network.proxy'))} ${proxySpelling()}`);
  }
  if (clientCertificate !== undefined && (clientCertificate.cert === '' || clientCertificate.key === '')) {
    problems.push(
      l10n.t(
        '{0} needs both "cert" and "key": the full paths of two PEM files.',
        settingId('network.clientCertificate'),
      ),
    );
  }
  return problems;
}
