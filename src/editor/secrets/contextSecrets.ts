import type * as vscode from 'vscode';
import type { SecretStore } from '../../core/storage/secretStore';

/** VS Code has had `keys` since 1.105. */
interface WithKeys {
  readonly keys?: () => Thenable<string[]>;
}

/** VS Code's SecretStorage as the core's `SecretStore`. */
export function contextSecrets(secrets: vscode.SecretStorage): SecretStore {
  const { keys } = secrets as WithKeys;
  return {
    get: async (key) => await secrets.get(key),
    store: async (key, value) => {
      await secrets.store(key, value);
    },
    delete: async (key) => {
      await secrets.delete(key);
    },
    ...(keys === undefined ? {} : { keys: async () => await keys.call(secrets) }),
    onDidChange: (listener) => {
      const subscription = secrets.onDidChange(({ key }) => {
        listener(key);
      });
      return () => {
        subscription.dispose();
      };
    },
  };
}
