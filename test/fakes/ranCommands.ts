import { commandHandlers } from './fakeVscode';
import { contributes } from '../../package.json';

/** An executed command and its arguments. */
export type Ran = readonly [command: string, ...argument: readonly unknown[]];

/** Fakes every command in package.json, and four of VS Code itself, until it is stopped. */
export class RanCommands {
  readonly all: Ran[] = [];
  private readonly ids = [
    ...contributes.commands.map(({ command }) => command),
    'workbench.action.openSettings',
    'workbench.action.reloadWindow',
    'workbench.trust.manage',
    '_manageTrustedExtensionsForAccount',
  ];

  constructor() {
    for (const id of this.ids) {
      commandHandlers.set(id, (...argument) => this.all.push([id, ...argument]));
    }
  }

  /** The commands that ran since the last call. */
  take(): readonly Ran[] {
    return this.all.splice(0);
  }

  stop(): void {
    this.ids.forEach((id) => commandHandlers.delete(id));
  }
}
