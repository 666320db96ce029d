import type { CallFolder } from './calls/callFolder';
import type { CallLimits } from './calls/callLimits';
import { FailureMemory } from './calls/failureMemory';
import type { TokenCalls } from './calls/tokenCalls';
import { TokenChecks } from './calls/tokenChecks';
import { DataApi } from './dataApi/dataApi';
import type { Clock } from './base/clock';
import type { Unsubscribe } from './base/emitter';
import { asFailure, type Failure } from './base/failure';
import type { Log } from './base/log';
import { once } from './base/once';
import type { Random } from './base/random';
import type { History } from './history/history';
import { Recorder, type LateNotes } from './history/recorder';
import type { Journal } from './journal/journal';
import type { Lock } from './locking/lock';
import type { HttpClient } from './oauth/httpClient';
import { KeepAlive } from './sessions/keepAlive';
import { Refresher } from './sessions/refresher';
import type { Rejections } from './rejections/rejections';
import { Sessions } from './sessions/sessions';
import type { Changes } from './model/changes';
import type { Session } from './model/session';
import { ClientStore } from './storage/clientStore';
import { SessionStore, type SessionStoreParts } from './storage/sessionStore';

/** What the core needs from VS Code and the disk, or from their fakes in a test. */
export interface CorePorts extends Pick<
  SessionStoreParts,
  'secrets' | 'stateFile' | 'remembered' | 'distrustEmptyState' | 'methods'
> {
  readonly lock: Lock;
  /** The folder in which all windows of this machine record their token calls; undefined if there is no file system. */
  readonly callFolder: CallFolder | undefined;
  readonly journal: Journal;
  readonly history: History;
  readonly http: HttpClient;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** Whether to refresh tokens before they expire even if no caller asks for one. */
  readonly isKeepAliveWanted: () => boolean;
  /** Set by tests in which loading a module would take time that their clock does not measure. */
  readonly lazyModules?: LazyModules;
}

/** Code that most windows never run. The extension bundles it in separate files, and loads each at its first call. */
export interface LazyModules extends LateNotes {
  tokenCalls(): Promise<Pick<typeof import('./calls/tokenCalls'), 'TokenCalls'>>;
  callLimits(): Promise<Pick<typeof import('./calls/callLimits'), 'CallLimits'>>;
  exchange(): Promise<Pick<typeof import('./sessions/exchange'), 'Exchange'>>;
  checkToken(): Promise<Pick<typeof import('./oauth/checkToken'), 'checkToken'>>;
  sessionCheck(): Promise<Pick<typeof import('./calls/sessionCheck'), 'SessionCheck'>>;
  revoker(): Promise<Pick<typeof import('./calls/revoker'), 'Revoker'>>;
  rejections(): Promise<Pick<typeof import('./rejections/rejections'), 'Rejections'>>;
  manualRefresh(): Promise<Pick<typeof import('./sessions/manualRefresh'), 'ManualRefresh'>>;
  signOut(): Promise<Pick<typeof import('./sessions/signOut'), 'SignOut'>>;
  environmentCalls(): Promise<typeof import('./dataApi/environmentCalls')>;
  forgetStored(): Promise<typeof import('./forgetting/forgetStored')>;
}

/** The objects that the core consists of, for tests that inspect them or inject a fault. */
interface CoreParts {
  readonly store: SessionStore;
  readonly limits: () => Promise<CallLimits>;
  readonly memory: FailureMemory;
  readonly refresher: Refresher;
}

/** Everything that works without VS Code. */
export interface Core {
  readonly sessions: Sessions;
  readonly clients: ClientStore;
  readonly calls: Pick<TokenCalls, 'request'>;
  readonly checks: TokenChecks;
  /** Calls to environments. */
  readonly dataApi: DataApi;
  readonly http: HttpClient;
  readonly keepAlive: KeepAlive;
  readonly clock: Clock;
  readonly log: Log;
  readonly history: Pick<History, 'read' | 'forget'>;
  readonly parts: CoreParts;
  /** Fires when the stored sessions change, whichever window changed them. */
  readonly onDidChangeSessions: (listener: (changes: Changes) => void) => Unsubscribe;
  /** Fires when a refresh starts or ends. */
  readonly onDidChangeActivity: (listener: () => void) => Unsubscribe;
  /** Reports that an environment answered 401 `invalid_token` to this access token, or perhaps to it (`checkFirst`). */
  readonly reportRejected: Rejections['report'];
  /** When everything was last forgotten, in any window; undefined if never, and before the sessions are read. */
  readonly forgottenAt: () => number | undefined;
  /**
   * Removes everything from the secret storage.
   *
   * @param otherKeys keys of the secret storage that the core does not know
   * @throws {Failure} when not everything could be removed
   */
  readonly forget: (otherKeys: readonly string[]) => Promise<void>;
  /** Ends the back-off after failed requests: the next caller may send one at once. */
  resetBackOff(): void;
  /** Reads the stored sessions, once for all callers. Never throws: `sessions.problem` says why they are not available. */
  readonly load: () => Promise<void>;
  /** Resolves when no refresh and no write is in progress. */
  readonly settled: () => Promise<void>;
  /** Stops watching for changes by other windows, and stops the keep-alive refreshes. */
  dispose(): void;
}

const defaultModules: LazyModules = {
  notes: () => import('./history/notes'),
  tokenCalls: () => import('./calls/tokenCalls'),
  callLimits: () => import('./calls/callLimits'),
  exchange: () => import('./sessions/exchange'),
  checkToken: () => import('./oauth/checkToken'),
  sessionCheck: () => import('./calls/sessionCheck'),
  revoker: () => import('./calls/revoker'),
  rejections: () => import('./rejections/rejections'),
  manualRefresh: () => import('./sessions/manualRefresh'),
  signOut: () => import('./sessions/signOut'),
  environmentCalls: () => import('./dataApi/environmentCalls'),
  forgetStored: () => import('./forgetting/forgetStored'),
};

/** The session is signed out here all the same. */
function notRevoked(error: unknown): Failure {
  const failure = asFailure(error);
  if (failure === undefined) {
    throw error;
  }
  return failure;
}

/** Creates the core of the extension, the simulation and the tests. */
export function createCore(ports: CorePorts): Core {
  const { secrets, lock, http, clock, random, log, lazyModules = defaultModules } = ports;
  const recorder = new Recorder(ports.history, clock, lazyModules, (): number | undefined => store.forgottenAt);
  const store = new SessionStore({ ...ports, ...recorder.listeners });
  const clients = new ClientStore(secrets, log, lock, clock, () => store.forgottenAt);
  const limits = once(async () => {
    const { CallLimits } = await lazyModules.callLimits();
    return new CallLimits(ports.callFolder, clock, log);
  });
  const tokenCalls = once(async () => {
    const { TokenCalls } = await lazyModules.tokenCalls();
    return new TokenCalls(http, clock, random, log, await limits());
  });
  const calls: Core['calls'] = { request: async (...sent) => await (await tokenCalls()).request(...sent) };
  const checks = new TokenChecks(http, clock, () => lazyModules.checkToken());
  const sessionCheck = once(async () => {
    const { SessionCheck } = await lazyModules.sessionCheck();
    return new SessionCheck(checks, clients);
  });
  const check = { isValid: async (session: Session) => await (await sessionCheck()).isValid(session) };
  const memory = new FailureMemory();
  const { journal } = ports;
  const refresher = new Refresher({ store, clients, calls, memory, lock, journal, recorder, clock, log, lazyModules });
  const revoker = once(async () => {
    const { Revoker } = await lazyModules.revoker();
    return new Revoker(http, clients, clock, log);
  });
  const rejections = once(async () => {
    const { Rejections } = await lazyModules.rejections();
    return new Rejections({ store, refresher, check, limits: await limits(), clock, log });
  });
  const sessions = new Sessions({
    store,
    refresher,
    revoker: { revoke: async (session) => await revoker().then((loaded) => loaded.revoke(session), notRevoked) },
    limits,
    check,
    recorder,
    clock,
    random,
    lazyModules,
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
    checks,
    dataApi: new DataApi({ http, clock }, () => lazyModules.environmentCalls()),
    http,
    keepAlive,
    clock,
    log,
    history: ports.history,
    parts: { store, limits, memory, refresher },
    onDidChangeSessions: store.onDidChange,
    onDidChangeActivity: refresher.onDidChangeActivity,
    reportRejected: async (...reported) => await (await rejections()).report(...reported),
    forgottenAt: () => store.forgottenAt,
    forget: async (otherKeys) => {
      const { forgetStored } = await lazyModules.forgetStored();
      await forgetStored({ store, clients, secrets, clock }, otherKeys);
    },
    resetBackOff: () => {
      memory.resetAllBackOffs();
    },
    load: once(async () => {
      await sessions.list().catch(notRead);
      keepAlive.check();
    }),
    settled: async () => {
      await refresher.settled();
      await store.settled();
      await recorder.settled();
    },
    dispose: () => {
      watching.forEach((stop) => {
        stop();
      });
      keepAlive.dispose();
    },
  };
}
