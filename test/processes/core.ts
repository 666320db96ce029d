import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { hostFetch } from '../../src/network/hostFetch';
import { CallLimits } from '../../src/sessions/callLimits';
import { ClientStore } from '../../src/sessions/clientStore';
import { systemClock as clock } from '../../src/sessions/clock';
import { FailureMemory } from '../../src/sessions/failureMemory';
import { FileLock } from '../../src/sessions/fileLock';
import { lockFolder } from '../../src/sessions/lockFolder';
import type { Log } from '../../src/sessions/ports';
import { parkedTokens } from '../../src/sessions/parkedTokens';
import { Refresher } from '../../src/sessions/refresher';
import { Revoker } from '../../src/sessions/revoker';
import { SessionStore } from '../../src/sessions/sessionStore';
import { Sessions } from '../../src/sessions/sessions';
import { SignInAttempt } from '../../src/sessions/signInAttempt';
import { stateFile } from '../../src/sessions/stateFile';
import { TokenCalls } from '../../src/sessions/tokenCalls';
import { DiskSecrets } from './diskSecrets';

const log: Log = { info: () => undefined, warn: () => undefined };
const client = { id: 'reltio_ui', secret: 'secret' };

/** The core as one window has it, with the real disk, clock and network. */
export function realCore(folder: string, server: string) {
  const random = { id: randomUUID, fraction: Math.random };
  const secrets = new DiskSecrets(join(folder, 'secrets'));
  const lock = new FileLock(lockFolder(join(folder, 'locks')), clock, random, log);
  const store = new SessionStore({
    secrets,
    stateFile: stateFile(folder),
    remembered: { recall: () => 'nothing', keep: () => undefined },
    distrustEmptyState: false,
    lock,
    clock,
    random,
    log,
  });
  const clients = new ClientStore(secrets, log, lock, clock);
  const http = hostFetch({ userAgent: 'test', mayReceiveSecrets: () => Promise.resolve(true) });
  const limits = new CallLimits(lockFolder(join(folder, 'calls')), clock, log);
  const calls = new TokenCalls(http, clock, random, log, limits);
  const parked = parkedTokens(join(folder, 'parked'));
  const refresher = new Refresher({ store, clients, calls, memory: new FailureMemory(), lock, parked, clock, log });
  const revoker = new Revoker(http, clients, clock, log);
  const sessions = new Sessions({ store, refresher, revoker, limits, clock, random });
  store.watch(() => undefined);
  return {
    sessions,
    async signIn(user: string, password: string): Promise<void> {
      await clients.save(server, client);
      const attempt = new SignInAttempt(calls, clock, server, client);
      const signal = new AbortController().signal;
      const signedIn = await attempt.sendPassword({ kind: 'password' }, user, password, signal);
      if (signedIn.kind !== 'signedIn') {
        throw new Error('no code expected');
      }
      await sessions.add(signedIn);
    },
  };
}
