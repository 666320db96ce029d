import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { systemClock as clock } from '../../src/core/base/clock';
import { isFailure } from '../../src/core/base/failure';
import type { Log } from '../../src/core/base/log';
import { LocalProxyFile } from '../../src/core/localProxy/election/localProxyFile';
import { WindowElection } from '../../src/core/localProxy/election/windowElection';
import { KeyStore } from '../../src/core/localProxy/keyStore';
import { openProxyServer, type Forward } from '../../src/core/localProxy/proxyServer';
import { windowLock } from '../../src/core/locking/windowLock';
import { DiskSecrets } from './diskSecrets';

/** What the test asks a window to do. */
export interface Order {
  readonly number: number;
  readonly call: 'join' | 'start' | 'stop' | 'close' | 'newKey' | 'look';
}

export interface Report {
  readonly number: number;
  readonly status: WindowElection['status'];
  readonly agreed: boolean;
  readonly account: string | undefined;
  readonly key: string;
  /** Code of the failure. */
  readonly failure: string | undefined;
}

/** The local proxy of one window, over the real disk, clock and network: `node proxyWorker.js <folder> <port> <account>`. */
function main(folder: string, wantedPort: number, account: string): void {
  const log: Log = { info: () => undefined, warn: () => undefined };
  const lock = windowLock(join(folder, 'locks'), clock, { id: randomUUID, fraction: Math.random }, log);
  const keys = new KeyStore({ secrets: new DiskSecrets(join(folder, 'secrets')), lock, clock, log });
  const election = new WindowElection({
    state: new LocalProxyFile({ folder, lock, clock, log }),
    listen: async (port) => {
      await keys.get();
      return await openProxyServer(port, { forward, isKey: keys.isKey, clock, log });
    },
    wantedPort: () => wantedPort,
    mayListen: () => true,
    clock,
    log,
  });
  keys.watch((event) => {
    if (event === 'changed') {
      election.endConnections();
    }
    void election.join();
  });
  const calls: Readonly<Record<Order['call'], () => Promise<void>>> = {
    join: () => election.join(),
    start: async () => {
      await election.start(account);
      void keys.announce();
    },
    stop: () => election.stop(),
    close: () => election.close(),
    newKey: () => keys.replace(),
    look: () => Promise.resolve(),
  };
  process.on('message', ({ number, call }: Order) => {
    const answer = async (failure?: unknown): Promise<void> => {
      const { status, shared } = election;
      const code = isFailure(failure) ? failure.code : undefined;
      const key = status.kind === 'off' ? '' : await keys.get();
      process.send?.({ number, status, agreed: shared.agreed, account: shared.account, key, failure: code });
    };
    calls[call]().then(() => answer(), answer);
  });
}

/** `/hello` answers at once, `/slow/<milliseconds>` later, `/stream` begins and never ends. */
const forward: Forward = async ({ target }, _request, response) => {
  const gone = new Promise<void>((resolve) => response.once('close', resolve));
  const [, what, milliseconds] = target.split('/');
  if (what === 'stream') {
    response.writeHead(200).write('begin');
    await gone;
    return;
  }
  await Promise.race([gone, new Promise((resolve) => setTimeout(resolve, Number(milliseconds ?? 0)))]);
  end(response);
};

function end(response: ServerResponse): void {
  if (!response.headersSent && !response.destroyed) {
    response.writeHead(200, { 'Content-Type': 'text/plain' }).end(String(process.pid));
  }
}

const [folder, port, account] = process.argv.slice(2);
if (require.main === module && folder !== undefined && port !== undefined && account !== undefined) {
  main(folder, Number(port), account);
}
