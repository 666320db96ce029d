import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { createCore } from '../../src/core/core';
import { hostFetch } from '../../src/core/network/hostFetch';
import { bootedAt, systemClock as clock } from '../../src/core/base/clock';
import type { Log } from '../../src/core/base/log';
import { openHistory } from '../../src/core/history/openHistory';
import { openJournal } from '../../src/core/journal/openJournal';
import { callFolder } from '../../src/core/calls/callFolder';
import { noLock } from '../../src/core/locking/noLock';
import { windowLock } from '../../src/core/locking/windowLock';
import { SignInAttempt } from '../../src/core/calls/signInAttempt';
import type { Credentials, SignInMethod } from '../../src/core/model/signInMethod';
import type { Client } from '../../src/core/oauth/client';
import { stateFile } from '../../src/core/storage/stateFile';
import { methods } from '../../src/features/signIn/methods/methods';
import { DiskSecrets } from './diskSecrets';

const silent: Log = { info: () => undefined, warn: () => undefined };
const client = { id: 'reltio_ui', secret: 'secret' };

/** The core of the product over the real disk, clock and network. */
export function realCore(folder: string, server: string, log: Log = silent) {
  const random = { id: randomUUID, fraction: Math.random };
  const { sessions, clients, calls, reportRejected } = createCore({
    secrets: new DiskSecrets(join(folder, 'secrets')),
    stateFile: stateFile(folder),
    remembered: { recall: () => 'nothing', keep: () => undefined },
    distrustEmptyState: false,
    methods,
    lock: windowLock(join(folder, 'locks'), clock, random, log),
    callFolder: callFolder(join(folder, 'calls')),
    journal: openJournal(join(folder, 'journal')),
    history: openHistory({ folder, lock: noLock, clock, bootedAt, inBrowser: false }),
    http: hostFetch({ userAgent: 'test', mayReceiveSecrets: () => Promise.resolve(true) }),
    clock,
    random,
    log,
    isKeepAliveWanted: () => false,
  });
  return {
    clock,
    sessions,
    reportRejected,
    async signIn(user: string, password: string): Promise<void> {
      await signIn(client, { kind: 'password' }, { user, secret: password });
    },
    async signInAsClient(own: Client): Promise<void> {
      await signIn(own, { kind: 'clientCredentials' }, {});
    },
  };

  async function signIn(through: Client, method: SignInMethod, credentials: Credentials): Promise<void> {
    await clients.save(server, through);
    const attempt = new SignInAttempt(calls, clock, methods, server, through);
    const signedIn = await attempt.send(method, credentials, new AbortController().signal);
    if (signedIn.kind !== 'signedIn') {
      throw new Error('no code expected');
    }
    await sessions.add(signedIn);
  }
}
