import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { commandIds } from '../../editor/commandIds';
import { openSettings, remedyButtons, type RemedyButton } from '../../editor/messages/remedyButtons';

const none = (): readonly unknown[] => [];

const buttons = () =>
  ({
    copyAddress: { title: l10n.t('Copy Address'), command: commandIds.copyLocalProxyAddress, arguments: none },
    newKey: { title: l10n.t('New Key'), command: commandIds.newLocalProxyKey, arguments: none },
    start: { title: l10n.t('Start'), command: commandIds.startLocalProxy, arguments: none },
    signIn: remedyButtons.signIn,
    switchAccount: { title: l10n.t('Switch Account'), command: commandIds.switchAccount, arguments: none },
    openSettings,
  }) satisfies Readonly<Record<string, RemedyButton>>;

/** Shows a message about the local proxy with what the user may want to do next. Does not wait for them. */
export function offer(
  how: 'information' | 'warning',
  message: string,
  ...offered: readonly (keyof ReturnType<typeof buttons>)[]
): void {
  const show = how === 'warning' ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
  const all = buttons();
  const shown = offered.map((name): RemedyButton => all[name]);
  void show(message, ...shown.map(({ title }) => title)).then((pressed) => {
    const button = shown.find(({ title }) => title === pressed);
    return button === undefined
      ? undefined
      : vscode.commands.executeCommand(button.command, ...button.arguments(undefined));
  });
}
