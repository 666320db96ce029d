import * as l10n from '@vscode/l10n';
import type { Host } from '../../editor/host';
import { offer } from './offer';
import type { ProxyOfWindow } from './proxyOfWindow';
import { newKeyQuestion } from './questions';

/** New Local Proxy Key. Any program can run it, and every tool would lose its access. So it always asks in a modal. */
export async function replaceKey(
  proxy: ProxyOfWindow,
  { loadPrompt, log }: Pick<Host, 'loadPrompt' | 'log'>,
): Promise<void> {
  const { yes, ...asked } = newKeyQuestion();
  const prompt = await loadPrompt();
  if ((await prompt.choose({ ...asked, choices: [yes] })) !== yes) {
    return;
  }
  await proxy.replaceKey();
  log.info('local proxy: key replaced');
  offer(
    'information',
    l10n.t('The local proxy has a new key. Copy the addresses and MCP configurations of your tools again.'),
    ...(proxy.status.kind === 'off' ? [] : (['copyAddress'] as const)),
  );
}
