import type { HttpClient } from '../../src/oauth/httpClient';
import type { FailureMemory } from '../../src/sessions/failureMemory';
import type { Lock } from '../../src/sessions/ports';
import type { Refresher } from '../../src/sessions/refresher';
import type { SessionStore } from '../../src/sessions/sessionStore';
import type { Sessions } from '../../src/sessions/sessions';

/** A mistake put into a window on purpose, to show that somebody would notice. */
export interface Planted {
  readonly http?: (http: HttpClient) => HttpClient;
  readonly lock?: (lock: Lock) => Lock;
  readonly store?: (store: SessionStore) => void;
  readonly memory?: (memory: FailureMemory) => void;
  readonly refresher?: (refresher: Refresher) => void;
  readonly sessions?: (sessions: Sessions) => void;
}
