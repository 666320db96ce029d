import * as l10n from '@vscode/l10n';
import { displayHostOf } from '../core/base/displayText';
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
