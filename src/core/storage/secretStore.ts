import type { Unsubscribe } from '../base/emitter';

/** VS Code's SecretStorage, as far as the core needs it. */
export interface SecretStore {
  get(key: string): Promise<string | undefined>;
  store(key: string, value: string): Promise<void>;
  delete(key: string): Promise<void>;
  /** May fire twice, or without a change, and in every window (microsoft/vscode#115214). */
  onDidChange(listener: (key: string) => void): Unsubscribe;
}
