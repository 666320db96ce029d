import { access, lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { privateFolder, readPrivately, replacePrivately } from '../base/privateFile';
import { sentencesFile, sentencesToWrite } from './client/clientSentences';
import { cmdScript, nodeOf, shScript } from './scriptTexts';

export interface Installation {
  /** Where this extension keeps its files, whatever its version: `globalStorageUri`. */
  readonly storage: string;
  /** The client in this version of the extension: `dist/reltio-token.js`. */
  readonly client: string;
  /** The program that runs it. */
  readonly node?: string;
  readonly platform?: NodeJS.Platform;
}

/** The folder of the command, for the `PATH` of the terminals. It stays the same when the extension is updated. */
export function commandFolder(storage: string): string {
  return join(storage, 'bin');
}

/** Every folder that is written for the command, to remove them. */
export function commandFolders(storage: string): readonly string[] {
  return [commandFolder(storage), clientFolder(storage)];
}

function clientFolder(storage: string): string {
  return join(storage, 'client');
}

/** `.cjs`, because a `package.json` in a folder above, such as the user's home, may say `"type": "module"`. */
function clientFile(storage: string): string {
  return join(clientFolder(storage), 'reltio-token.cjs');
}

/**
 * Whether the command is there and can be run: this version's, or another one's. It cannot if another VS Code has written it,
 * such as a server of an earlier version, and is gone since.
 */
export async function isInstalled(storage: string): Promise<boolean> {
  try {
    const script = await readPrivately(join(commandFolder(storage), 'reltio-token'));
    const node = nodeOf(script.toString());
    await Promise.all([access(clientFile(storage)), node === undefined ? undefined : access(node)]);
    return node !== undefined;
  } catch {
    return false;
  }
}

/**
 * Writes what differs of the command `reltio-token`: its scripts, and a copy of the client, because VS Code deletes the folder of
 * an old version while terminals are open, with its sentences in the language of this window. The client is not in the folder of the `PATH`.
 *
 * @returns the folder of the command
 * @throws Node's error
 */
export async function installTokenCommand(installation: Installation): Promise<string> {
  const { storage, client, node = process.execPath, platform = process.platform } = installation;
  const folder = commandFolder(storage);
  const clients = clientFolder(storage);
  const parts = { node, client: clientFile(storage) };
  await privateFolder(folder);
  await privateFolder(clients);
  await write(parts.client, await readFile(client), 0o600);
  await write(join(clients, sentencesFile), Buffer.from(sentencesToWrite()), 0o600);
  await write(join(folder, 'reltio-token'), Buffer.from(shScript(parts)), 0o700);
  if (platform === 'win32') {
    await write(join(folder, 'reltio-token.cmd'), Buffer.from(cmdScript(parts, folder)), 0o600);
  }
  return folder;
}

async function write(path: string, content: Buffer, mode: 0o600 | 0o700): Promise<void> {
  const written = await readPrivately(path).catch(() => undefined);
  if (written?.equals(content) !== true || (process.platform !== 'win32' && (await modeOf(path)) !== mode)) {
    await replacePrivately(path, content, undefined, mode);
  }
}

async function modeOf(path: string): Promise<number> {
  return (await lstat(path)).mode & 0o777;
}
