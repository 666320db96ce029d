import * as l10n from '@vscode/l10n';
import { displayHostOf, displayOriginOf } from '../core/base/displayText';
import { wouldExpose } from '../core/trust/trustedHosts';
import { confirmedHosts, forTokenOnly, needsTokenConsent, type ConfirmedHosts } from './confirmedHosts';
import type { Editor } from './editor';
import type { Prompt } from './prompt/prompt';

/** The same as `agreesToToken`, for a command. */
export async function mayReceiveToken(
  url: string,
  { globalState, loadPrompt }: Pick<Editor, 'globalState' | 'loadPrompt'>,
): Promise<boolean> {
  return await agreesToToken(url, confirmedHosts(globalState), loadPrompt);
}

/**
 * Asks once per host, before the first token is sent to an environment outside `reltio.com`. Call this before each call of
 * an environment with a token. The whole host is shown, in the form that the network uses.
 *
 * @param url of the environment
 * @returns whether the token may be sent
 */
export async function agreesToToken(
  url: string,
  confirmed: ConfirmedHosts,
  loadPrompt: () => Promise<Pick<Prompt, 'choose'>>,
): Promise<boolean> {
  if (!needsTokenConsent(url, confirmed)) {
    return true;
  }
  const shown = displayHostOf(url, Infinity);
  const agreed = await (
    await loadPrompt()
  ).choose({
    message: l10n.t('Send your access token to {0}?', shown),
    detail: l10n.t(
      '{0} is not a host of reltio.com. Until the token expires, its operator can do everything in Reltio that you can do. Agree only if you know that it is a Reltio environment of your company. You are asked only once for each host.',
      shown,
    ),
    no: l10n.t('Do Not Send'),
    choices: [l10n.t('Send')],
  });
  if (agreed === undefined) {
    return false;
  }
  await confirmed.add(forTokenOnly(url));
  return true;
}

/**
 * The same for requests that a file of the workspace names. It also asks, once in each window, before a token would go over
 * plain http to this computer: no list of hosts can know which program listens there, and a workspace can bring one.
 */
export function fileConsent(
  host: Pick<Editor, 'globalState' | 'loadPrompt'>,
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
