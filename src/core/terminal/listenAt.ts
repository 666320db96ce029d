import { randomBytes } from 'node:crypto';
import { chmod, lstat, rename, unlink } from 'node:fs/promises';
import { connect, type Server } from 'node:net';
import { dirname, join } from 'node:path';
import { codeOf } from '../base/privateFile';

/** The file of a socket, as it was when it was made. */
export interface SocketFile {
  readonly path: string;
  readonly inode: number;
  readonly device: number;
}

/**
 * Lets the server listen at this path, in a folder of this user alone. A file that is there is replaced, at once.
 *
 * The file is made under another name first. So no program sees it with other rights; Node, which removes the name that it
 * listens at, does not remove the file of another window; and the system, which shows that name to every user, does not show
 * the path.
 *
 * @throws Node's error
 */
export async function listenAtFile(server: Server, path: string): Promise<SocketFile> {
  const draft = join(dirname(path), `${randomBytes(6).toString('hex')}.new`);
  await listen(server, draft);
  try {
    await chmod(draft, 0o600);
    const { ino, dev } = await lstat(draft);
    await rename(draft, path);
    return { path, inode: ino, device: dev };
  } catch (error) {
    server.close();
    throw error;
  }
}

/** @throws Node's error, such as `EADDRINUSE` if another program listens at a pipe of this name */
export function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** Whether the path still leads to this file: a cleaner of old files may have removed it. */
export async function isStillThere({ path, inode, device }: SocketFile): Promise<boolean> {
  try {
    const { ino, dev } = await lstat(path);
    return ino === inode && dev === device;
  } catch {
    return false;
  }
}

/** Removes the file, unless another window has replaced it. Never throws. */
export async function removeFile(file: SocketFile): Promise<void> {
  if (await isStillThere(file)) {
    await unlink(file.path).catch(() => undefined);
  }
}

/** Whether a program listens there, even one that is too busy for another connection. */
export function isAnswered(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', (error) => {
      resolve(!['ENOENT', 'ECONNREFUSED', 'ENOTSOCK'].includes(codeOf(error) ?? ''));
    });
  });
}
