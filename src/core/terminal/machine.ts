import { tmpdir } from 'node:os';

/** What decides where the socket is. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  /** The id of the operating-system user; undefined on Windows. */
  readonly uid: number | undefined;
  /** A folder of this user alone, emptied when the user logs out: `XDG_RUNTIME_DIR`. */
  readonly runtimeFolder: string | undefined;
  readonly temporaryFolder: string;
}

export function thisMachine(environment: NodeJS.ProcessEnv): Machine {
  return {
    platform: process.platform,
    uid: process.getuid?.(),
    runtimeFolder: environment['XDG_RUNTIME_DIR'],
    temporaryFolder: tmpdir(),
  };
}
