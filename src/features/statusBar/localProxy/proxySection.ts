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

/** The part of the menu about the local proxy: what can be done, and below it whose token each environment gets. Pure. */
export function proxySection(view: LocalProxyView | undefined, now: number): Section {
  if (view === undefined) {
    return { title: l10n.t('local proxy'), entries: [start] };
  }
  const accounts = localProxyAccounts(view);
  const copyFor = accounts.length === 0 ? copy : { ...copy, detail: accounts.join('; ') };
  return { title: localProxyText(view, now), entries: isServing(view) ? [copyFor, stop] : [stop] };
}
