import * as vscode from 'vscode';
import { settingId, type SettingName } from './settingTable';

/** Where the extension runs: beside the user's VS Code window, or where the files of a remote window are. */
export type Side = 'ui' | 'workspace';

/**
 * What VS Code's `inspect` returns, as far as it is read here. `globalValue` is the local value merged with the one of
 * the remote, which wins; the two halves are there (`extHostConfiguration.ts`), though `@types/vscode` leaves them out.
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
 * The value that the user gave a setting for the side that the extension runs on, undefined where there is none. Never
 * a workspace's: it must not decide where a password goes, whatever scope VS Code lets it write.
 *
 * On the UI side a remote does not decide either: VS Code itself reads `http.` settings for its local extension host in
 * this way (`proxyResolver.ts`, `getExtHostConfigValue`). A value that counts for all profiles comes as `globalValue`
 * alone, as does any value in a VS Code that does not know the two halves.
 */
export function personalValue(inspected: InspectedSetting | undefined, side: Side): unknown {
  const { globalValue, globalLocalValue, globalRemoteValue } = inspected ?? {};
  if (side === 'workspace') {
    return globalValue ?? undefined;
  }
  return globalLocalValue ?? (isGiven(globalRemoteValue) ? undefined : (globalValue ?? undefined));
}

/** VS Code takes null for no value, too: it is the default of `http.proxyAuthorization`. */
function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}

/** The user's own settings. Everything that reads a setting reads it here. */
export class PersonalSettings {
  constructor(private readonly side: Side) {}

  /** The user's value of a setting by its full name, else the default. */
  read(name: string): unknown {
    const inspected = inspect(name);
    return personalValue(inspected, this.side) ?? inspected?.defaultValue;
  }

  /** The same for one of ours. */
  own(name: SettingName): unknown {
    return this.read(settingId(name));
  }

  /** Whether the user gave it a value. */
  isSet(name: string): boolean {
    return personalValue(inspect(name), this.side) !== undefined;
  }
}

function inspect(name: string): InspectedSetting | undefined {
  return vscode.workspace.getConfiguration().inspect<unknown>(name);
}
