import * as l10n from '@vscode/l10n';
import { commandIds } from '../../../editor/commandIds';
import type { LocalProxyView } from '../../../editor/localProxyState';
import { entry, type MenuEntry } from '../firstEntries';
import { isServing, localProxyAccounts, localProxyText } from './localProxyText';

const start = entry('radio-tower', () => l10n.t('Start local proxy'), commandIds.startLocalProxy, 'none');
const copy = entry('copy', () => l10n.t('Copy local proxy address'), commandIds.copyLocalProxyAddress, 'none');
const stop = entry('debug-stop', () => l10n.t('Stop local proxy'), commandIds.stopLocalProxy, 'none');

interface Section {
  readonly title: string;
  readonly entries: readonly MenuEntry[];
}

/**
 * The part of the menu about the local proxy: what can be done, and below it whose token each environment gets and what was
 * forwarded. That is too long for a title, which would cut off the entry beside it. Pure.
 */
export function proxySection(view: LocalProxyView | undefined, now: number): Section {
  const title = l10n.t('local proxy');
  if (view === undefined) {
    return { title, entries: [start] };
  }
  const accounts = localProxyAccounts(view);
  const copyFor = accounts.length === 0 ? copy : { ...copy, detail: accounts.join('; ') };
  const stopIt = { ...stop, detail: localProxyText(view, now) };
  return { title, entries: isServing(view) ? [copyFor, stopIt] : [stopIt] };
}
