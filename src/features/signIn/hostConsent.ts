import * as l10n from '@vscode/l10n';
import { displayHostOf } from '../../core/base/displayText';
import { isForeign, needsConsent, type ConfirmedHosts } from '../../editor/confirmedHosts';
import type { Prompt } from '../../editor/prompt/prompt';

/** Goes into the title of every box whose secret is sent to it; undefined if it is Reltio's own. */
export function foreignHost(identityServer: string | undefined): string | undefined {
  return identityServer !== undefined && isForeign(identityServer) ? displayHostOf(identityServer) : undefined;
}

/**
 * Asks once per host, before the first secret is sent to it. The question shows the whole host with its port, in the form
 * that the network uses: a name that only looks like another one is shown as `xn--…`.
 *
 * @returns whether secrets may be sent to it
 */
export async function agreesToHost(
  identityServer: string,
  prompt: Pick<Prompt, 'choose'>,
  confirmed: ConfirmedHosts,
): Promise<boolean> {
  if (!needsConsent(identityServer, confirmed)) {
    return true;
  }
  const shown = displayHostOf(identityServer, Infinity);
  const agreed = await prompt.choose({
    message: l10n.t('Send your Reltio secrets to {0}?', shown),
    detail: l10n.t(
      '{0} is not a host of reltio.com. Its operator receives whatever you sign in with there, now and later: a user ' +
        'name and password, a client id and secret, or a token, and can use Reltio as you. Agree only if you know that it ' +
        'belongs to your company. You are asked only once for each host.',
      shown,
    ),
    no: l10n.t('Do Not Send'),
    choices: [l10n.t('Send')],
  });
  if (agreed === undefined) {
    return false;
  }
  await confirmed.add(new URL(identityServer).host);
  return true;
}

/** What a box says when the user has not agreed. */
export function nothingSentText(address: string): string {
  return l10n.t('Nothing was sent to {0}. Sign in with another method.', displayHostOf(address, Infinity));
}
