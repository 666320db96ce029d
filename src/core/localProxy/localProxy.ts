import type { Unsubscribe } from '../base/emitter';
import type { Clock } from '../base/clock';
import type { Log } from '../base/log';
import type { ProxyServer } from './proxyServer';
import type { SharedState, SharedStateFile } from './sharedState';

export interface Processes {
  /** The id of this process. */
  readonly own: number;
  /** Whether a process exists on this machine. */
  isRunning(pid: number): boolean;
}

export interface LocalProxyParts {
  readonly state: SharedStateFile;
  /** @throws {Failure} `localProxyPortTaken` */
  readonly listen: (port: number) => Promise<ProxyServer>;
  /** The port of the settings; 0 for any. */
  readonly wantedPort: () => number;
  /** Whether this window may listen: its workspace is trusted. */
  readonly mayListen: () => boolean;
  /** Those of the machine, unless a test has its own. */
  readonly processes?: Processes;
  readonly clock: Clock;
  readonly log: Log;
}

export type LocalProxyStatus =
  | { readonly kind: 'off' }
  /** This window listens. */
  | {
      readonly kind: 'here';
      readonly port: number;
      readonly since: number;
      /** Another program had this port while the proxy should have listened there, so it may know the key. */
      readonly exposedOn?: number;
    }
  /** Another window listens. */
  | { readonly kind: 'elsewhere'; readonly port: number }
  /** Another program uses the port, or, if `stuck`, a window that does not respond. This window tries again. */
  | { readonly kind: 'portTaken'; readonly port: number; readonly stuck?: true }
  /** It is started, but no window listens: this one may not (its workspace is not trusted), or cannot now. 0: no port yet. */
  | { readonly kind: 'waiting'; readonly port: number };

/** Which window listens. One does at a time; when it closes, another takes over within five seconds. */
export interface LocalProxy {
  readonly status: LocalProxyStatus;
  readonly onDidChange: (listener: () => void) => Unsubscribe;
  /** What all windows know, as this window last read it. */
  readonly shared: SharedState;
  /** Takes part if the proxy is wanted and a window followed it just now: after a reload, or beside another window. */
  join(): Promise<void>;
  /**
   * Starts it, in this window or in the one that listens.
   *
   * @param account id of the account in use in this window
   * @param agreed `now`: the user agrees with this call. `before`: they had agreed, and if they have stopped it meanwhile, be
   *   it in another window, it stays off.
   * @throws {Failure} `localProxyPortTaken`, `localProxyStuck`, `workspaceNotTrusted`, `windowOutdated`, or why `listen` failed
   */
  start(account: string | undefined, agreed?: 'now' | 'before'): Promise<void>;
  /** Stops it in all windows, and takes the user's agreement back. */
  stop(): Promise<void>;
  /** Records the account in use in this window. Does nothing while the proxy is off, or without an account. */
  useAccount(account: string | undefined): Promise<void>;
  /** Cuts all connections of this window's server: the key was replaced. `exposedOn` is over. */
  endConnections(): void;
  /** For a closing window: stops listening at once, so that another window can take over. */
  close(): Promise<void>;
}
