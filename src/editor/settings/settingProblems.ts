import * as vscode from 'vscode';
import { openSettings } from '../messages/remedyButtons';

/** Tells the person which settings cannot be used: one message at a time, whatever their number. */
export class SettingProblems {
  private told: ReadonlySet<string> = new Set();

  constructor(private readonly read: () => Promise<{ readonly problems: readonly string[] }>) {}

  /** Each time that the person signs in: an environment that is left out is missed then. */
  async tell(): Promise<void> {
    const { problems } = await this.read();
    this.told = new Set(problems);
    show(problems);
  }

  /** After a change of the settings: only what is new. */
  async tellNew(): Promise<void> {
    const { problems } = await this.read();
    const isNew = (problem: string): boolean => !this.told.has(problem);
    const [fresh, known] = [problems.filter(isNew), problems.filter((problem) => !isNew(problem))];
    this.told = new Set(problems);
    if (fresh.length > 0) {
      show([...fresh, ...known]);
    }
  }
}

function show([first, ...others]: readonly string[]): void {
  if (first === undefined) {
    return;
  }
  const more = others.length === 0 ? '' : ` (and ${others.length} more: run "Reltio: Diagnose Sign-In")`;
  void vscode.window
    .showWarningMessage(first + more, openSettings.title)
    .then((pressed) =>
      pressed === undefined
        ? undefined
        : vscode.commands.executeCommand(openSettings.command, ...openSettings.arguments(undefined)),
    );
}
