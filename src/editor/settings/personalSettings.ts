import * as vscode from 'vscode';
import { settingId, type SettingName } from './settingTable';

/** The extension host that the extension runs in: the local one (UI), or the one with the files of a remote window. */
export type Side = 'ui' | 'workspace';

/**
 * The part of VS Code's `inspect` result that is used here. `globalValue` is the local value merged with the remote
 * one, which wins; the two parts exist (`extHostConfiguration.ts`), although `@types/vscode` leaves them out.
 */
export interface InspectedSetting {
  readonly defaultValue?: unknown;
  readonly globalValue?: unknown;
  readonly globalLocalValue?: unknown;
  readonly globalRemoteValue?: unknown;
  readonly workspaceValue?: unknown;
  readonly workspaceFolderValue?: unknown;
}

/**
 * The user's value of a setting for the side that the extension runs on, undefined if there is none. Never a
 * workspace's value: a workspace must not decide where a password goes, whatever scope VS Code lets it write.
 *
 * On the UI side a remote does not decide either: VS Code itself reads `http.` settings for its local extension host in
 * this way (`proxyResolver.ts`, `getExtHostConfigValue`). A value that applies to all profiles is in `globalValue`
 * only, and so is any value in a VS Code without the two parts.
 */
export function personalValue(inspected: InspectedSetting | undefined, side: Side): unknown {
  const { globalValue, globalLocalValue, globalRemoteValue } = inspected ?? {};
  if (side === 'workspace') {
    return globalValue ?? undefined;
  }
  return globalLocalValue ?? (isGiven(globalRemoteValue) ? undefined : (globalValue ?? undefined));
}

/** VS Code also treats null as no value: it is the default of `http.proxyAuthorization`. */
function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** The user's own settings. All code reads settings through this class. */
export class PersonalSettings {
  constructor(private readonly side: Side) {}

  /** The user's value of a setting by its full name, or the default. */
  read(name: string): unknown {
    const inspected = inspect(name);
    return personalValue(inspected, this.side) ?? inspected?.defaultValue;
  }

  /** The same for one of our settings. */
  own(name: SettingName): unknown {
    return this.read(settingId(name));
  }

  /** Whether the user has set it. */
  isSet(name: string): boolean {
    return personalValue(inspect(name), this.side) !== undefined;
  }
}

/**
 * The values of another extension's setting, those of the workspace and its folders included. They are suggestions: nothing
 * may follow from them that the user has not picked.
 */
export function suggestedValues(name: string): readonly unknown[] {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const inspected = [undefined, ...folders.map(({ uri }) => uri)].map((folder) => inspect(name, folder));
  return inspected
    .flatMap((found) => [found?.globalValue, found?.workspaceValue, found?.workspaceFolderValue])
    .filter((value) => value !== undefined);
}

function inspect(name: string, folder?: vscode.Uri): InspectedSetting | undefined {
  return vscode.workspace.getConfiguration(undefined, folder).inspect<unknown>(name);
}
