/** What all windows know of the local proxy. Contains no secret. */
export interface SharedState {
  /** The user has agreed to the local proxy, and has not stopped it since. */
  readonly agreed: boolean;
  /** Some window should listen. */
  readonly wanted: boolean;
  /** Where it listens, or last did; copied addresses name it. */
  readonly port: number | undefined;
  /** The id of the account that was in use where the user last started the proxy, copied an address or switched. */
  readonly account: string | undefined;
}

/** The state, shared by all windows of the installation. */
export interface SharedStateFile {
  read(): Promise<SharedState>;
  /** Read, change, write, under a lock. */
  change(change: (state: SharedState) => SharedState): Promise<SharedState>;
  /** Records that a window follows the proxy now. */
  touch(): Promise<void>;
  /** Milliseconds since a window last did; undefined if never. */
  age(): Promise<number | undefined>;
}
