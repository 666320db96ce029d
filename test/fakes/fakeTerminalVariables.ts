import type * as vscode from 'vscode';

type Options = vscode.EnvironmentVariableMutatorOptions;

interface Mutator {
  readonly kind: string;
  readonly value: string;
  readonly options: Options | undefined;
}

/** What an extension adds to the environment of terminals. Records every change, as VS Code would tell the user of each. */
export class FakeTerminalVariables {
  persistent = true;
  description: string | vscode.MarkdownString | undefined;
  /** `prepend PATH`, for example, in order. */
  readonly changes: string[] = [];
  private readonly mutators = new Map<string, Mutator>();

  replace(name: string, value: string, options?: Options): void {
    this.set('replace', name, value, options);
  }

  append(name: string, value: string, options?: Options): void {
    this.set('append', name, value, options);
  }

  prepend(name: string, value: string, options?: Options): void {
    this.set('prepend', name, value, options);
  }

  get(name: string): Mutator | undefined {
    return this.mutators.get(name);
  }

  delete(name: string): void {
    this.mutators.delete(name);
    this.changes.push(`delete ${name}`);
  }

  clear(): void {
    this.mutators.clear();
    this.changes.push('clear');
  }

  /** What each variable gets. */
  get values(): Readonly<Record<string, string>> {
    return Object.fromEntries([...this.mutators].map(([name, { value }]) => [name, value]));
  }

  asCollection(): vscode.GlobalEnvironmentVariableCollection {
    return this as unknown as vscode.GlobalEnvironmentVariableCollection;
  }

  private set(kind: string, name: string, value: string, options: Options | undefined): void {
    this.mutators.set(name, { kind, value, options });
    this.changes.push(`${kind} ${name}`);
  }
}
