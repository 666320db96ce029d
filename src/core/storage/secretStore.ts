import type { Unsubscribe } from '../base/emitter';

/** The part of VS Code's `SecretStorage` that the core needs. */
export interface SecretStore {
  get(key: string): Promise<string | undefined>;
  store(key: string, value: string): Promise<void>;
  delete(key: string): Promise<void>;
  /** Every key that is stored. Undefined where VS Code cannot list them: before 1.105. */
  readonly keys?: () => Promise<readonly string[]>;
  /** Fires in every window, sometimes twice, sometimes without a change (microsoft/vscode#115214). */
  onDidChange(listener: (key: string) => void): Unsubscribe;
}
