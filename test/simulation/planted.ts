import type { Core } from '../../src/core/core';
import type { HttpClient } from '../../src/core/oauth/httpClient';
import type { CallLimits } from '../../src/core/calls/callLimits';
import type { FailureMemory } from '../../src/core/calls/failureMemory';
import type { Lock } from '../../src/core/locking/lock';
import type { KeepAlive } from '../../src/core/sessions/keepAlive';
import type { Refresher } from '../../src/core/sessions/refresher';
import type { ClientStore } from '../../src/core/storage/clientStore';
import type { SessionStore } from '../../src/core/storage/sessionStore';
import type { Sessions } from '../../src/core/sessions/sessions';

/** How to put a mistake into the core of a window, to show that the rules notice it. */
export interface Planted {
  readonly http?: (http: HttpClient) => HttpClient;
  readonly lock?: (lock: Lock) => Lock;
  readonly store?: (store: SessionStore) => void;
  readonly clients?: (clients: ClientStore) => void;
  readonly memory?: (memory: FailureMemory) => void;
  readonly limits?: (limits: CallLimits) => void;
  readonly calls?: (calls: Core['calls']) => void;
  readonly refresher?: (refresher: Refresher) => void;
  readonly keepAlive?: (keepAlive: KeepAlive) => void;
  readonly sessions?: (sessions: Sessions) => void;
}

/** Puts the mistake into a core. `http` and `lock` are not here: the core is created with them. */
export function plant(planted: Planted, { parts, clients, calls, keepAlive, sessions }: Core): void {
  planted.store?.(parts.store);
  planted.clients?.(clients);
  planted.memory?.(parts.memory);
  void parts.limits().then(planted.limits);
  planted.calls?.(calls);
  planted.refresher?.(parts.refresher);
  planted.keepAlive?.(keepAlive);
  planted.sessions?.(sessions);
}
