import { constants } from 'node:fs';
import { access, mkdir, readFile, rename, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isObject } from '../oauth/json';

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

/** @param folder path of the storage folder, or undefined where there is no file system */
export function stateFile(folder: string | undefined): StateFile {
  if (folder === undefined) {
    return { read: () => Promise.resolve('unknown'), write: () => Promise.resolve() };
  }
  const path = join(folder, 'state.json');
  return {
    async read() {
      try {
        const json: unknown = JSON.parse(await readFile(path, 'utf8'));
        if (!isState(json)) {
          return 'unknown';
        }
        return json.sessions > 0 || (await isWritable(folder)) ? json : 'unknown';
      } catch (error) {
        return isObject(error) && error['code'] === 'ENOENT' && (await isWritable(folder)) ? 'missing' : 'unknown';
      }
    },
    async write(state) {
      try {
        await mkdir(folder, { recursive: true });
        const draft = `${path}.${process.pid}`;
        await writeFile(draft, JSON.stringify(state), { mode: 0o600 });
        await rename(draft, path).catch(() => writeFile(path, JSON.stringify(state))); // Windows: somebody reads it
      } catch {
        await truncate(path).catch(() => undefined); // a full disk: what stands there would be a lie
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

export function isState(json: unknown): json is State {
  return (
    isObject(json) &&
    typeof json['storeId'] === 'string' &&
    Number.isSafeInteger(json['revision']) &&
    Number.isSafeInteger(json['sessions'])
  );
}
