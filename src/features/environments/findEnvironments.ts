import * as vscode from 'vscode';
import { displayText } from '../../core/base/displayText';
import { isObject } from '../../core/base/json';
import { suggestedValues } from '../../editor/settings/personalSettings';

/** What Reltio's own editor extension (Reltio IDE) knows of an environment. The texts may be anything. */
export interface FoundEnvironment {
  readonly host: string;
  readonly tenant: string | undefined;
  /** Where it was found, for the user. */
  readonly source: string;
}

const setting = 'reltio.defaultEnvironments';
const environmentFolder = /^(.+)\.reltio\.environment$/;
const tenantFolder = /^(.+)\.reltio\.tenant$/;
/** The most names of one folder, or entries of one setting, that are read, and the most environments that are found. */
const maxEntries = 500;

/**
 * Finds the environments in the workspace folders `.reltio/<host>.reltio.environment/<tenant>.reltio.tenant`, which older
 * versions of Reltio IDE wrote beside `.reltio`, and in its setting. Only names of folders are read, no file.
 */
export async function findEnvironments(): Promise<readonly FoundEnvironment[]> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const places = folders.flatMap(({ uri, name }) => [
    { uri: vscode.Uri.joinPath(uri, '.reltio'), source: `${name}/.reltio` },
    { uri, source: name },
  ]);
  const inFolders = await Promise.all(places.map(({ uri, source }) => foundIn(uri, displayText(source))));
  return [...inFolders.flat().slice(0, maxEntries), ...inSetting().slice(0, maxEntries)];
}

async function foundIn(folder: vscode.Uri, source: string): Promise<readonly FoundEnvironment[]> {
  const found = (await folderNames(folder)).flatMap((name) => {
    const host = environmentFolder.exec(name)?.[1];
    return host === undefined ? [] : [{ name, host }];
  });
  const all = await Promise.all(
    found.map(async ({ name, host }) => {
      const inside = await folderNames(vscode.Uri.joinPath(folder, name));
      const tenants = inside.flatMap((one) => tenantFolder.exec(one)?.[1] ?? []);
      return (tenants.length === 0 ? [undefined] : tenants).map((tenant) => ({ host, tenant, source }));
    }),
  );
  return all.flat();
}

/** Empty if there is no such folder. */
async function folderNames(folder: vscode.Uri): Promise<readonly string[]> {
  try {
    const entries = await vscode.workspace.fs.readDirectory(folder);
    return entries
      .slice(0, maxEntries)
      .filter(([, type]) => (type & vscode.FileType.Directory) !== 0)
      .map(([name]) => name);
  } catch {
    return [];
  }
}

/** Its `tokenFile` is not used. */
function inSetting(): readonly FoundEnvironment[] {
  return suggestedValues(setting).flatMap((value) =>
    (Array.isArray(value) ? (value as unknown[]) : []).slice(0, maxEntries).flatMap((entry) => {
      const { host, tenantId } = isObject(entry) ? entry : {};
      return typeof host === 'string'
        ? [{ host, tenant: typeof tenantId === 'string' ? tenantId : undefined, source: setting }]
        : [];
    }),
  );
}
