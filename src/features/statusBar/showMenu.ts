import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Session } from '../../core/model/session';
import type { AccountInUse } from '../../editor/accountInUse';
import type { MenuEntry } from './firstEntries';
import { menuSections } from './menu';
import type { StatusState } from './state';

type Item = vscode.QuickPickItem & { readonly entry?: MenuEntry };

/** The menu behind the status bar. */
export async function showMenu(
  state: StatusState,
  known: readonly Session[],
  accountInUse: AccountInUse,
  now: number,
): Promise<void> {
  const others = known.filter((session) => session.id !== state.session?.id);
  const items = menuSections(state, others, now).flatMap(({ title, entries }): Item[] => [
    { label: title, kind: vscode.QuickPickItemKind.Separator },
    ...entries.map((entry) => ({ ...entry, iconPath: new vscode.ThemeIcon(entry.icon), entry })),
  ]);
  const picked = await vscode.window.showQuickPick(items, {
    title: 'Reltio',
    placeHolder: l10n.t('What do you want to do?'),
  });
  const does = picked?.entry?.does;
  if (does === undefined) {
    return;
  }
  if ('use' in does) {
    await accountInUse.choose(does.use.account);
    return;
  }
  if ('trustedExtensions' in does) {
    const { showTrustedExtensions } = await import('./trustedExtensions');
    await showTrustedExtensions(does.trustedExtensions);
    return;
  }
  const about = does.about === 'session' && state.session !== undefined ? [state.session.id] : [];
  await vscode.commands.executeCommand(does.command, ...about);
}
