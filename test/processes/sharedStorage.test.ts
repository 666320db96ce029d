import assert from 'node:assert/strict';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startIdentityServer, type IdentityServer } from '../identity/server';
import { bundled } from './bundled';
import { realCore } from './core';
import { removeFolder } from './diskSecrets';
import { WorkerPool } from './workerPool';

/** Seconds. A token is refreshed when less than 60 s are left, so every 4 s. */
const accessTokenLifetime = 64;
const refreshInterval = 4_000;
/** A client asks at the end, so its tokens are valid for a few seconds only. */
const clientTokenLifetime = 4;

describe('processes that share a storage folder', function () {
  this.timeout(60_000);
  let server: IdentityServer;
  let folder: string;
  let program: string;
  let file: string;

  before(() => {
    program = bundled('consumerWorker.ts');
  });
  beforeEach(async () => {
    server = await startIdentityServer({ policy: { accessTokenLifetime, refreshReturns: 'rotatedPair' } });
    folder = await mkdtemp(join(tmpdir(), 'reltio-processes-'));
    file = join(folder, 'received');
    await writeFile(file, '');
    await realCore(folder, server.url).signIn(server.users.plain.name, server.users.plain.password);
    await sleep(400); // on disk by now
  });
  afterEach(async () => {
    await server.close();
    await removeFolder(folder);
  });

  for (const [processes, milliseconds] of [
    [2, 9_000],
    [8, 13_000],
  ] as const) {
    it(`${processes} of them together make one refresh per token`, async () => {
      const pool = new WorkerPool(program, [folder, server.url, file]);
      for (let number = 0; number < processes; number += 1) {
        pool.add();
      }
      await sleep(milliseconds);
      await pool.close();
      const counts = await received();
      const refreshes = server.requests.tokenCalls('refresh_token');
      assert.deepEqual(pool.failures, []);
      assert.deepEqual(Object.keys(counts), ['token'], JSON.stringify(counts));
      const most = Math.ceil(milliseconds / refreshInterval);
      assert.ok(refreshes.length >= 1 && refreshes.length <= most, `${refreshes.length} refreshes, at most ${most}`);
      assert.ok(refreshes.every(({ status }) => status === 200));
    });
  }

  it('8 of them together make one request for each token of a client, although each request would bring another', async () => {
    Object.assign(server.policy, { accessTokenLifetime: clientTokenLifetime, multiTokenQuota: 200 });
    const { id, secret } = server.clients.batch;
    await realCore(folder, server.url).signInAsClient({ id, secret }); // the last sign-in is what the processes use
    await sleep(400);
    const pool = new WorkerPool(program, [folder, server.url, file]);
    for (let number = 0; number < 8; number += 1) {
      pool.add();
    }
    await sleep(10_000);
    await pool.close();
    const requests = server.requests.tokenCalls('client_credentials');
    const most = Math.ceil(10_400 / ((clientTokenLifetime - 1) * 1_000)) + 1; // the server rounds down to whole seconds
    assert.deepEqual(Object.keys(await received()), ['token']);
    assert.ok(requests.length >= 3 && requests.length <= most, `${requests.length} requests, at most ${most}`);
  });

  it('keep the session when they are killed and suspended at random, unless one dies before it stores an answer', async () => {
    const pool = new WorkerPool(program, [folder, server.url, file]);
    for (let number = 0; number < 8; number += 1) {
      pool.add();
    }
    await sleep(1_500);
    for (let round = 0; round < 12; round += 1) {
      await sleep(500 + Math.random() * 700);
      if (round % 3 === 2) {
        pool.suspend(1_000 + Math.random() * 5_000);
      } else {
        pool.kill();
      }
    }
    await sleep(1_000);
    const { killed } = pool.counts;
    await pool.close();
    const counts = await received();
    const refused = server.requests.tokenCalls('refresh_token').filter(({ status }) => status !== 200);
    assert.deepEqual(pool.failures, []);
    assert.equal(counts['expired'], undefined, 'no expired token was returned');
    assert.ok((counts['token'] ?? 0) > 20, JSON.stringify(counts)); // as many as a busy machine manages
    // If a process dies after its token was rotated and before it has stored the new one, the token is lost, and the user
    // signs in again. That takes a kill within a few 100 ms of a refresh: the rest must have survived.
    assert.ok(refused.length <= killed, `${refused.length} refused, ${killed} killed`);
    if ((counts['signInAgain'] ?? 0) > 0) {
      assert.ok(refused.length > 0, 'no refresh token is dropped without a rejection');
    }
  });

  async function received(): Promise<Record<string, number>> {
    const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '');
    return lines.reduce<Record<string, number>>((sum, line) => ({ ...sum, [line]: (sum[line] ?? 0) + 1 }), {});
  }
});

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
