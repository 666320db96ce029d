import { constants } from 'node:fs';
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isObject, parseJsonObject } from '../base/json';

/** What `state.json` says of the secret document, so that it need not be opened to learn that it is empty. */
export interface State {
  readonly storeId: string;
  readonly revision: number;
  /** How many sessions there are, those that cannot be read included. */
  readonly sessions: number;
}

/** `state.json` in the extension's global storage folder. Holds no secret. */
export interface StateFile {
  /** `missing`: nobody ever signed in here. `unknown`: there is no telling. */
  read(): Promise<State | 'missing' | 'unknown'>;
  /** Failing to write costs nothing but a look at the secrets next time, so it never throws. */
  write(state: State): Promise<void>;
}

/** Follows no link, and does not wait for who writes into a pipe. Windows has neither. */
const { O_NOFOLLOW = 0, O_NONBLOCK = 0, O_RDONLY } = constants;
const reading = O_RDONLY | O_NOFOLLOW | O_NONBLOCK;

/** @param folder path of the storage folder, or undefined where there is no file system */
export function stateFile(folder: string | undefined): StateFile {
  if (folder === undefined) {
    return { read: () => Promise.resolve('unknown'), write: () => Promise.resolve() };
  }
  const path = join(folder, 'state.json');
  let isSwept = false;
  return {
    async read() {
      try {
        const state = parseState(await readFile(path, { encoding: 'utf8', flag: reading }));
        return state !== undefined && (state.sessions > 0 || (await isWritable(folder))) ? state : 'unknown';
      } catch (error) {
        return isObject(error) && error['code'] === 'ENOENT' && (await isWritable(folder)) ? 'missing' : 'unknown';
      }
    },
    async write(state) {
      const text = JSON.stringify(state);
      try {
        const disk = await import('../base/privateFile');
        await disk.replaceOrOverwrite(folder, path, text);
        await (isSwept ? undefined : disk.removeOldDrafts(folder));
        isSwept = true;
      } catch {
        // a folder that cannot be written: `read` believes no empty state there
      }
    },
  };
}

/** A folder that is not there yet will be made. In one that is read-only a missing file says nothing. */
async function isWritable(folder: string): Promise<boolean> {
  try {
    await access(folder, constants.W_OK);
    return true;
  } catch (error) {
    return isObject(error) && error['code'] === 'ENOENT';
  }
}

/** Undefined for any other text. */
export function parseState(text: string): State | undefined {
  const json = parseJsonObject(text);
  return isState(json) ? json : undefined;
}

export function isState(json: unknown): json is State {
  return (
    isObject(json) &&
    typeof json['storeId'] === 'string' &&
    Number.isSafeInteger(json['revision']) &&
    Number.isSafeInteger(json['sessions'])
  );
}
