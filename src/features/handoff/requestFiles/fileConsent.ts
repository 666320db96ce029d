import * as l10n from '@vscode/l10n';
import { displayOriginOf } from '../../../core/base/displayText';
import { wouldExpose } from '../../../core/trust/trustedHosts';
import type { Host } from '../../../editor/host';
import { mayReceiveToken } from '../../../editor/tokenConsent';

/**
 * The consent before a request that a file of the workspace names. It also asks, once in each window, before a token would go over
 * plain http to this computer: no list of hosts can know which program listens there, and a workspace can bring one.
 */
export function fileConsent(
  host: Pick<Host, 'globalState' | 'loadPrompt'>,
): (url: string, issuer: string) => Promise<boolean> {
  const exposed = new Set<string>();
  return async (url, issuer) => {
    if (!wouldExpose(issuer, url)) {
      return await mayReceiveToken(url, host);
    }
    if (!exposed.has(url)) {
      const prompt = await host.loadPrompt();
      const agreed = await prompt.choose({
        message: l10n.t('Send your access token to {0}?', displayOriginOf(url)),
        detail: l10n.t('That is plain http, so nothing proves which program on this computer receives the token.'),
        no: l10n.t('Do Not Send'),
        choices: [l10n.t('Send')],
      });
      if (agreed === undefined) {
        return false;
      }
      exposed.add(url);
    }
    return true;
  };
}
