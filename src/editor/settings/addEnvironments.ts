import * as vscode from 'vscode';
import { Failure } from '../../core/base/failure';
import { defaultIdentityServer } from './defaultIdentityServer';
import type { Environment } from './environments';
import type { PersonalSettings } from './personalSettings';
import { section, settingId } from './settingTable';

/**
 * Adds environments to the user's settings. Everything that is there stays as it is, entries that cannot be used included.
 *
 * @throws {Failure} `settingsNotWritten`
 */
export async function addEnvironments(personal: PersonalSettings, added: readonly Environment[]): Promise<void> {
  const before = personal.own('environments') ?? [];
  if (!Array.isArray(before)) {
    throw new Failure('settingsNotWritten'); // replacing it would lose what the user wrote
  }
  const entries = added.map(({ name, url, identityServer, tenant, production, clientId, mcp }) => ({
    name,
    url,
    ...(identityServer === defaultIdentityServer ? {} : { authUrl: identityServer }),
    ...(tenant === undefined ? {} : { tenant }),
    ...(production ? { production } : {}),
    ...(clientId === undefined ? {} : { clientId }),
    ...(mcp ? { mcp } : {}),
  }));
  try {
    await vscode.workspace
      .getConfiguration(section)
      .update('environments', [...(before as unknown[]), ...entries], vscode.ConfigurationTarget.Global);
  } catch {
    throw new Failure('settingsNotWritten'); // VS Code refuses while settings.json is not saved, or is not valid
  }
}

/** The names that the setting has already, of entries that cannot be used too. */
export function environmentNamesIn(personal: PersonalSettings): ReadonlySet<string> {
  const entries = personal.read(settingId('environments'));
  const names = (Array.isArray(entries) ? (entries as unknown[]) : []).map((entry) =>
    typeof entry === 'object' && entry !== null ? (Reflect.get(entry, 'name') as unknown) : undefined,
  );
  return new Set(names.filter((name) => typeof name === 'string').map((name) => name.trim()));
}
