import { lstat } from 'node:fs/promises';

/**
 * Whether it is a folder, not a link to one, and belongs to this user.
 *
 * @throws Node's error if nothing is there
 */
export async function isOwnFolder(path: string, uid: number | undefined): Promise<boolean> {
  const status = await lstat(path);
  return status.isDirectory() && status.uid === uid;
}
