import type { CallFolder } from './calls/callFolder';
import { CallLimits } from './calls/callLimits';
import { FailureMemory } from './calls/failureMemory';
import { TokenCalls } from './calls/tokenCalls';
import type { Clock } from './base/clock';
import type { Unsubscribe } from './base/emitter';
import type { Log } from './base/log';
import { once } from './base/once';
import type { Random } from './base/random';
import type { Journal } from './journal/journal';
import type { Lock } from './locking/lock';
import type { HttpClient } from './oauth/httpClient';
import { KeepAlive } from './sessions/keepAlive';
import { Refresher } from './sessions/refresher';
import type { Rejection } from './sessions/rejections';
import { Sessions } from './sessions/sessions';
import type { Changes } from './model/changes';
import { ClientStore } from './storage/clientStore';
import { SessionStore, type SessionStoreParts } from './storage/sessionStore';

/** What the core needs of its surroundings: VS Code and the disk, or what stands in for them in a test. */
export interface CorePorts extends Pick<
  SessionStoreParts,
  'secrets' | 'stateFile' | 'remembered' | 'distrustEmptyState' | 'methods'
> {
  readonly lock: Lock;
  /** Where all windows of the machine note their token calls; undefined where there is no file system. */
  readonly callFolder: CallFolder | undefined;
  readonly journal: Journal;
  readonly http: HttpClient;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** Whether tokens are to be refreshed before they expire, although no caller asks for one. */
  readonly isKeepAliveWanted: () => boolean;
  /** Given where loading a file would take time that the clock knows nothing of. */
  readonly rarePaths?: RarePaths;
}

/** Code that most windows never run. The product keeps it in files of its own, loaded by the first call. */
export interface RarePaths {
  revoker(): Promise<Pick<typeof import('./calls/revoker'), 'Revoker'>>;
  rejections(): Promise<Pick<typeof import('./sessions/rejections'), 'Rejections'>>;
  manualRefresh(): Promise<Pick<typeof import('./sessions/manualRefresh'), 'ManualRefresh'>>;
  signOut(): Promise<Pick<typeof import('./sessions/signOut'), 'SignOut'>>;
}

/** The objects that the core consists of, for tests that look into it or plant a mistake. */
interface CoreParts {
  readonly store: SessionStore;
  readonly limits: CallLimits;
  readonly memory: FailureMemory;
  readonly refresher: Refresher;
}

/** Everything that works without VS Code, put together. */
export interface Core {
  readonly sessions: Sessions;
  readonly clients: ClientStore;
  readonly calls: TokenCalls;
  readonly keepAlive: KeepAlive;
  readonly clock: Clock;
  readonly log: Log;
  readonly parts: CoreParts;
  /** Reports what differs in the stored sessions, whichever window wrote it. */
  readonly onDidChangeSessions: (listener: (changes: Changes) => void) => Unsubscribe;
  /** Reports that a refresh has started or ended. */
  readonly onDidChangeActivity: (listener: () => void) => Unsubscribe;
  /** An environment answered 401 `invalid_token` to this access token. */
  readonly reportRejected: (accessToken: string) => Promise<Rejection>;
  /** Forgets that requests have failed: the next caller may ask again at once. */
  forgiveFailures(): void;
  /** Reads the stored sessions. Never throws: `sessions.problem` says why they are not at hand. */
  load(): Promise<void>;
  /** Resolves when no refresh and no write is under way. */
  readonly settled: () => Promise<void>;
  /** Stops following other windows, and stops refreshing on its own. */
  dispose(): void;
}

const loadedLate: RarePaths = {
  revoker: () => import('./calls/revoker'),
  rejections: () => import('./sessions/rejections'),
  manualRefresh: () => import('./sessions/manualRefresh'),
  signOut: () => import('./sessions/signOut'),
};

/** Puts the core together. The extension, the simulation and the tests all get their core here. */
export function createCore(ports: CorePorts): Core {
  const { secrets, lock, http, clock, random, log, rarePaths = loadedLate } = ports;
  const store = new SessionStore(ports);
  const clients = new ClientStore(secrets, log, lock, clock);
  const limits = new CallLimits(ports.callFolder, clock, log);
  const calls = new TokenCalls(http, clock, random, log, limits);
  const memory = new FailureMemory();
  const refresher = new Refresher({ store, clients, calls, memory, lock, journal: ports.journal, clock, log });
  const revoker = once(async () => {
    const { Revoker } = await rarePaths.revoker();
    return new Revoker(http, clients, clock, log);
  });
  const rejections = once(async () => {
    const { Rejections } = await rarePaths.rejections();
    return new Rejections({ store, refresher, clients, limits, http, clock, log });
  });
  const sessions = new Sessions({
    store,
    refresher,
    revoker: { revoke: async (session) => await (await revoker()).revoke(session) },
    limits,
    clock,
    random,
    rarePaths,
  });
  const keepAlive = new KeepAlive({ sessions, clock, isWanted: ports.isKeepAliveWanted });
  const notRead = (): void => {
    log.warn('sessions: not read');
  };
  const watching = [store.watch(notRead), clients.watch()];
  return {
    sessions,
    clients,
    calls,
    keepAlive,
    clock,
    log,
    parts: { store, limits, memory, refresher },
    onDidChangeSessions: store.onDidChange,
    onDidChangeActivity: refresher.onDidChangeActivity,
    reportRejected: async (accessToken) => await (await rejections()).report(accessToken),
    forgiveFailures: () => {
      memory.forgiveAll();
    },
    load: async () => {
      await sessions.list().catch(notRead);
      keepAlive.check();
    },
    settled: async () => {
      await refresher.settled();
      await store.settled();
    },
    dispose: () => {
      watching.forEach((stop) => {
        stop();
      });
      keepAlive.dispose();
    },
  };
}
