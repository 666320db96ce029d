import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { displayHostOf, displayText } from '../../core/base/displayText';
import { commandIds } from '../../editor/commandIds';
import type { Host } from '../../editor/host';
import { addEnvironments, environmentNamesIn } from '../../editor/settings/addEnvironments';
import { environmentNames } from '../../editor/settings/environmentsOf';
import { findEnvironments } from './findEnvironments';
import { importable, type Importable } from './importable';

/**
 * Offers the environments that Reltio's own editor extension knows, and adds those that the user picks to the settings.
 * Nothing is preselected: a workspace only suggests, and any extension can accept what is selected in a list.
 *
 * @throws {Failure} `settingsNotWritten`
 */
export async function importEnvironments({
  personal,
  settings,
  environmentInUse,
}: Pick<Host, 'personal' | 'settings' | 'environmentInUse'>): Promise<void> {
  const [found, { environments, trusted }] = await Promise.all([findEnvironments(), settings.read()]);
  const { offers, known, refused } = importable(found, environments, environmentNamesIn(personal), trusted);
  if (refused.length > 0) {
    const more = refused.length > 1 ? ` ${l10n.t('(and {0} more)', refused.length - 1)}` : '';
    void vscode.window.showWarningMessage(l10n.t('Not offered: {0}', `${refused[0] ?? ''}${more}`));
  }
  if (offers.length === 0) {
    nothingToAdd(known, refused.length);
    return;
  }
  const picked = await vscode.window.showQuickPick(offers.map(item), {
    title: l10n.t('Import Reltio environments'),
    placeHolder: l10n.t('Which environments do you want to add to your settings?'),
    canPickMany: true,
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (picked === undefined || picked.length === 0) {
    return;
  }
  const added = picked.map(({ environment }) => environment);
  await addEnvironments(personal, added);
  await environmentInUse.update();
  if (added.length === 1 && environmentInUse.current?.name === added[0]?.name) {
    void vscode.window.showInformationMessage(
      l10n.t('Added {0}, which this workspace now uses.', environmentNames(added)),
    );
    return;
  }
  offer(l10n.t('Added {0}.', environmentNames(added)), l10n.t('Switch Environment'), commandIds.switchEnvironment);
}

/** A message with a button that runs a command. Not awaited: the user may leave it. */
function offer(message: string, button: string, command: string): void {
  void vscode.window
    .showInformationMessage(message, button)
    .then((pressed) => (pressed === button ? vscode.commands.executeCommand(command) : undefined));
}

function item({ environment, source }: Importable['offers'][number]) {
  const { name, url, tenant, production } = environment;
  const facts = [
    displayHostOf(url),
    ...(tenant === undefined ? [] : [displayText(tenant)]),
    ...(production ? [l10n.t('production')] : []),
  ];
  return { label: displayText(name), description: facts.join(' · '), detail: l10n.t('from {0}', source), environment };
}

function nothingToAdd(known: number, refused: number): void {
  if (known > 0) {
    void vscode.window.showInformationMessage(l10n.t('Every environment that was found is in your settings already.'));
    return;
  }
  if (refused > 0) {
    return; // the warning says why
  }
  offer(
    l10n.t(
      'No environments were found: this workspace has no .reltio folder with one, and reltio.defaultEnvironments is empty.',
    ),
    l10n.t('Add Environment'),
    commandIds.addEnvironment,
  );
}
