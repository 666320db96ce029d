import type { Unsubscribe } from '../../core/base/emitter';
import type { LocalProxyStatus } from '../../core/localProxy/localProxy';
import type { SharedState } from '../../core/localProxy/sharedState';
import type { Session } from '../../core/model/session';
import type { Environment } from '../../editor/settings/environments';

/** An environment behind the local proxy. */
export interface ServedEnvironment {
  readonly environment: Environment;
  /** Whose token a request gets; undefined if no account fits, or several do and none of them is in use. */
  readonly session: Session | undefined;
}

/**
 * `keyInPath`: the whole address, for a tool that can set no header. `plain`: for one that sends the key as
 * `Authorization: Bearer <key>`.
 */
export type KeyPlace = 'keyInPath' | 'plain';

/** The local proxy as the commands of this window use it, and MCP. */
export interface ProxyOfWindow {
  readonly status: LocalProxyStatus;
  /** What all windows know, as this window last read it. */
  readonly shared: SharedState;
  /** Fires when the status, what all windows know, the key, or what is served may have changed. */
  readonly onDidChange: (listener: () => void) => Unsubscribe;
  /** The environments of the settings now, each with its account. Sends no request. */
  served(): Promise<readonly ServedEnvironment[]>;
  /**
   * For a command that needs the proxy: starts it unless it runs, and records this window's account in use. Asks the user
   * in a modal, unless they have agreed before.
   *
   * @throws {Failure} `windowNotFocused`, `workspaceNotTrusted`, `localProxyPortTaken`, `localProxyStuck`; `cancelled` if the user does not agree
   */
  ensureStarted(): Promise<void>;
  /**
   * For what nobody asked for in this moment: starts it if the user has agreed, without a question.
   *
   * @returns whether they have
   * @throws {Failure} `workspaceNotTrusted`, `localProxyPortTaken`, `localProxyStuck`
   */
  startIfAgreed(): Promise<boolean>;
  /** Stops it in all windows, and takes the user's agreement back. */
  stop(): Promise<void>;
  /** Whoever has the old key is locked out at once, in all windows. */
  replaceKey(): Promise<void>;
  /** The key that is valid now. @throws {Failure} `sessionsUnreadable` */
  key(): Promise<string>;
  /** How often this window has seen that the key was replaced. */
  readonly keyChanges: number;
  /**
   * The address of an environment, without a slash at its end. Call this after `ensureStarted`.
   *
   * @throws {Failure} `localProxyStopped` while it has no port
   */
  addressOf(environment: Pick<Environment, 'name'>, keyPlace: KeyPlace): Promise<string>;
}

/** The proxy of this window, which is loaded and opened at its first use. */
export interface LateProxy {
  /** Undefined before its first use. */
  readonly opened: ProxyOfWindow | undefined;
  /** Opens it. It takes part at once if another window has it running. */
  open(): Promise<ProxyOfWindow>;
  /** Opens it only if the user may have agreed to it; undefined if nobody ever did. Costs one look at the disk. */
  openIfUsed(): Promise<ProxyOfWindow | undefined>;
  /** When a window last followed it, milliseconds since 1970; undefined if nobody ever started it. */
  lastTouched(): Promise<number | undefined>;
  /** Fires when it has been opened, and then whenever it changes. */
  readonly onDidChange: (listener: () => void) => Unsubscribe;
}
