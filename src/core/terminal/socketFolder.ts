import { randomBytes } from 'node:crypto';
import { lstat, mkdir, stat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { codeOf } from '../base/privateFile';
import type { Machine } from './machine';
import { fits } from './socketName';

/** Group and others may write. */
const writableByOthers = 0o022;
/** In such a folder, only the owner of a file can rename or remove it. */
const sticky = 0o1000;

/**
 * A folder that only this user can open, for sockets: the same one at each start, unless somebody else has taken its name.
 *
 * @throws if no folder of this machine is safe
 */
export async function socketFolder(machine: Machine): Promise<string> {
  const { runtimeFolder, temporaryFolder, uid } = machine;
  const parents = [runtimeFolder, temporaryFolder, '/tmp'].filter((parent) => parent !== undefined);
  const usable = parents.filter((parent) => isAbsolute(parent));
  const name = `reltio-auth-${uid ?? 0}`;
  const errors: unknown[] = [];
  // A name that cannot be guessed comes last, because open terminals would not find it after a reload.
  for (const suffix of ['', `-${randomBytes(6).toString('hex')}`]) {
    for (const parent of usable) {
      const folder = join(parent, name + suffix);
      try {
        if (fits(folder) && (await isSafeParent(parent, uid)) && (await makeOwn(folder, uid))) {
          return folder;
        }
      } catch (error) {
        errors.push(error);
      }
    }
  }
  throw new AggregateError(errors, 'no folder is safe for a socket');
}

/** Whether nobody else can replace what this user makes in the folder. */
async function isSafeParent(parent: string, uid: number | undefined): Promise<boolean> {
  const status = await stat(parent);
  return (
    status.isDirectory() &&
    (status.uid === uid || status.uid === 0) &&
    ((status.mode & writableByOthers) === 0 || (status.mode & sticky) !== 0)
  );
}

async function makeOwn(folder: string, uid: number | undefined): Promise<boolean> {
  await mkdir(folder, { mode: 0o700 }).catch((error: unknown) => {
    if (codeOf(error) !== 'EEXIST') {
      throw error;
    }
  });
  const status = await lstat(folder);
  return status.isDirectory() && status.uid === uid && (status.mode & 0o777) === 0o700;
}
