import { tmpdir } from 'node:os';

/** What decides where the socket is. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  /** The id of the operating-system user; undefined on Windows. */
  readonly uid: number | undefined;
  /** Folders in which the folder of the sockets may be, the best one first. */
  readonly parents: readonly string[];
}

export function thisMachine(environment: NodeJS.ProcessEnv): Machine {
  const runtime = environment['XDG_RUNTIME_DIR']; // of this user alone, and gone when the user has logged out
  return {
    platform: process.platform,
    uid: process.getuid?.(),
    // The last one is short: the path of a socket must be.
    parents: [...(runtime === undefined ? [] : [runtime]), tmpdir(), '/tmp'],
  };
}
