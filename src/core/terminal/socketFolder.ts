import { randomBytes } from 'node:crypto';
import { chmod, mkdir, stat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { codeOf } from '../base/privateFile';
import type { Machine } from './machine';
import { isOwnFolder } from './ownFolder';
import { fits } from './socketName';

/** Group and others may write. */
const writableByOthers = 0o022;
/** In such a folder, only the owner of a file can rename or remove it. */
const sticky = 0o1000;

/**
 * A folder that only this user can open, for sockets: the same one at each start, unless another user has taken its name.
 *
 * @throws Node's errors if no folder of this machine is safe
 */
export async function socketFolder({ parents, uid }: Machine): Promise<string> {
  const errors: unknown[] = [];
  const name = `reltio-auth-${uid ?? 0}`;
  // A name that cannot be guessed comes last, because open terminals do not find it after a reload.
  for (const suffix of ['', `-${randomBytes(6).toString('hex')}`]) {
    for (const parent of parents) {
      const folder = join(parent, name + suffix);
      try {
        if (isAbsolute(parent) && fits(folder) && (await isSafeParent(parent, uid)) && (await makeOwn(folder, uid))) {
          return folder;
        }
      } catch (error) {
        errors.push(error);
      }
    }
  }
  throw new AggregateError(errors, 'no folder is safe for a socket');
}

/** Whether no other user can replace what this user makes in the folder. */
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
  if (!(await isOwnFolder(folder, uid))) {
    return false;
  }
  await chmod(folder, 0o700); // it may be older, or the user's umask is unusual
  return true;
}
