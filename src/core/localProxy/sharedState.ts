/** What all windows know of the local proxy. Contains no secret. */
export interface SharedState {
  /** The user has agreed to the local proxy, and has not stopped it since. */
  readonly agreed: boolean;
  /** Some window should listen. */
  readonly wanted: boolean;
  /** Where it listens, last did, or tries to; copied addresses name it. */
  readonly port: number | undefined;
  /** The id of the account that was in use where the user last started the proxy, copied an address or switched. */
  readonly account: string | undefined;
  /** The window that listens, or did when it last wrote. */
  readonly listener?: ListeningWindow;
}

export interface ListeningWindow {
  readonly id: string;
  /** Its process. */
  readonly pid: number;
}

/** Before the first start. */
export const neverStarted: SharedState = { agreed: false, wanted: false, port: undefined, account: undefined };

/** The state, shared by all windows of the installation. */
export interface SharedStateFile {
  /** Never rejects: what cannot be read is as it was last read, or as before the first start. */
  read(): Promise<SharedState>;
  /**
   * Read, change, write, under a lock. If the lock is lost meanwhile, `change` is called again. Where nothing can be
   * written, the new state is that of this window alone.
   *
   * @throws {Failure} `windowOutdated` if a newer version of this extension wrote the file
   */
  change(change: (state: SharedState) => SharedState | Promise<SharedState>): Promise<SharedState>;
  /** Records that a window follows the proxy now. Never rejects. */
  touch(): Promise<void>;
  /** When a window last did, milliseconds since 1970; undefined if never. Each write counts. */
  touchedAt(): Promise<number | undefined>;
  /** Milliseconds since then. Below 0 if the clock was set back. */
  age(): Promise<number | undefined>;
  /** Forgets everything. A window that follows the proxy stops. */
  remove(): Promise<void>;
}
