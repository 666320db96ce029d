import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { openSettings } from '../messages/remedyButtons';

/** Shows which settings cannot be used: one message at a time, however many there are. */
export class SettingProblems {
  private shown: ReadonlySet<string> = new Set();

  constructor(private readonly read: () => Promise<{ readonly problems: readonly string[] }>) {}

  /** Called at each sign-in, when the user would miss an ignored environment. */
  async showAll(): Promise<void> {
    const { problems } = await this.read();
    this.shown = new Set(problems);
    show(problems);
  }

  /** Called after a change of the settings: shows problems only if there are new ones. */
  async showNew(): Promise<void> {
    const { problems } = await this.read();
    const isNew = (problem: string): boolean => !this.shown.has(problem);
    const [fresh, known] = [problems.filter(isNew), problems.filter((problem) => !isNew(problem))];
    this.shown = new Set(problems);
    if (fresh.length > 0) {
      show([...fresh, ...known]);
    }
  }
}

function show([first, ...others]: readonly string[]): void {
  if (first === undefined) {
    return;
  }
  const more = others.length === 0 ? '' : ` ${l10n.t('(and {0} more: run "Reltio: Diagnose Sign-In")', others.length)}`;
  void vscode.window
    .showWarningMessage(first + more, openSettings.title)
    .then((pressed) =>
      pressed === undefined
        ? undefined
        : vscode.commands.executeCommand(openSettings.command, ...openSettings.arguments(undefined)),
    );
}
