import { constants } from 'node:fs';
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isObject, parseJsonObject } from '../base/json';

/** What `state.json` says about the secret document, so that an empty document need not be read. */
export interface State {
  readonly storeId: string;
  readonly revision: number;
  /** How many sessions there are, including those that cannot be read. */
  readonly sessions: number;
}

/** The file `state.json` in the extension's global storage folder. It holds no secret. */
export interface StateFile {
  /** `missing`: no user ever signed in here. `unknown`: the file is not reliable. */
  read(): Promise<State | 'missing' | 'unknown'>;
  /** Never throws: after a failed write, the secret storage is read at the next start, and nothing is lost. */
  write(state: State): Promise<void>;
}

/** Does not follow a link or block on a pipe. Windows has neither flag. */
const { O_NOFOLLOW = 0, O_NONBLOCK = 0, O_RDONLY } = constants;
const reading = O_RDONLY | O_NOFOLLOW | O_NONBLOCK;

/**
 * @param folder path of the storage folder, or undefined if there is no file system
 */
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
        // the folder cannot be written, so `read` does not trust an empty state there
      }
    },
  };
}

/** A folder that does not exist yet will be created. In a read-only folder, a missing file proves nothing. */
async function isWritable(folder: string): Promise<boolean> {
  try {
    await access(folder, constants.W_OK);
    return true;
  } catch (error) {
    return isObject(error) && error['code'] === 'ENOENT';
  }
}

/** Undefined if the text is not a state. */
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
