import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { hostFetch } from '../../src/core/network/hostFetch';
import { CallLimits } from '../../src/core/calls/callLimits';
import { ClientStore } from '../../src/core/storage/clientStore';
import { systemClock as clock } from '../../src/core/base/clock';
import { FailureMemory } from '../../src/core/calls/failureMemory';
import { FileLock } from '../../src/core/locking/fileLock';
import { sharedFolder } from '../../src/core/base/sharedFolder';
import type { Log } from '../../src/core/base/log';
import { openJournal } from '../../src/core/journal/journal';
import { Refresher } from '../../src/core/sessions/refresher';
import { Revoker } from '../../src/core/calls/revoker';
import { SessionStore } from '../../src/core/storage/sessionStore';
import { Sessions } from '../../src/core/sessions/sessions';
import { SignInAttempt } from '../../src/core/calls/signInAttempt';
import { stateFile } from '../../src/core/storage/stateFile';
import { TokenCalls } from '../../src/core/calls/tokenCalls';
import { methods } from '../../src/features/signIn/methods/methods';
import { DiskSecrets } from './diskSecrets';

const log: Log = { info: () => undefined, warn: () => undefined };
const client = { id: 'reltio_ui', secret: 'secret' };

/** The core as one window has it, with the real disk, clock and network. */
export function realCore(folder: string, server: string) {
  const random = { id: randomUUID, fraction: Math.random };
  const secrets = new DiskSecrets(join(folder, 'secrets'));
  const lock = new FileLock(sharedFolder(join(folder, 'locks')), clock, random, log);
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
  const limits = new CallLimits(sharedFolder(join(folder, 'calls')), clock, log);
  const calls = new TokenCalls(http, clock, random, log, limits);
  const journal = openJournal(join(folder, 'journal'));
  const refresher = new Refresher({
    store,
    clients,
    calls,
    memory: new FailureMemory(),
    lock,
    journal,
    clock,
    log,
  });
  const revoker = new Revoker(http, clients, clock, log);
  const sessions = new Sessions({ store, refresher, revoker, limits, clock, random });
  store.watch(() => undefined);
  return {
    sessions,
    async signIn(user: string, password: string): Promise<void> {
      await clients.save(server, client);
      const attempt = new SignInAttempt(calls, clock, methods, server, client);
      const signal = new AbortController().signal;
      const signedIn = await attempt.send({ kind: 'password' }, { user, secret: password }, signal);
      if (signedIn.kind !== 'signedIn') {
        throw new Error('no code expected');
      }
      await sessions.add(signedIn);
    },
  };
}
