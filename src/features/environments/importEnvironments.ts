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
    const more = refused.length > 1 ? ` (and ${refused.length - 1} more)` : '';
    void vscode.window.showWarningMessage(`Not offered: ${refused[0] ?? ''}${more}`);
  }
  if (offers.length === 0) {
    nothingToAdd(known, refused.length);
    return;
  }
  const picked = await vscode.window.showQuickPick(offers.map(item), {
    title: 'Import Reltio environments',
    placeHolder: 'Which environments do you want to add to your settings?',
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
    void vscode.window.showInformationMessage(`Added ${environmentNames(added)}, which this workspace now uses.`);
    return;
  }
  offer(`Added ${environmentNames(added)}.`, 'Switch Environment', commandIds.switchEnvironment);
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
    ...(production ? ['production'] : []),
  ];
  return { label: displayText(name), description: facts.join(' · '), detail: `from ${source}`, environment };
}

function nothingToAdd(known: number, refused: number): void {
  if (known > 0) {
    void vscode.window.showInformationMessage('Every environment that was found is in your settings already.');
    return;
  }
  if (refused > 0) {
    return; // the warning says why
  }
  offer(
    'No environments were found: this workspace has no .reltio folder with one, and reltio.defaultEnvironments is empty.',
    'Add Environment',
    commandIds.addEnvironment,
  );
}
