import assert from 'node:assert/strict';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startIdentityServer, type IdentityServer } from '../identity/server';
import { bundled } from './bundled';
import { realCore } from './core';
import { removeFolder } from './diskSecrets';
import { Herd } from './herd';

/** Seconds: with a margin of 60 s for the refresh, a token is renewed every 4 s. */
const accessTokenLifetime = 64;
const life = 4_000;

describe('windows as operating-system processes over one storage folder', function () {
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
    folder = await mkdtemp(join(tmpdir(), 'reltio-windows-'));
    file = join(folder, 'handed-out');
    await writeFile(file, '');
    await realCore(folder, server.url).signIn(server.users.plain.name, server.users.plain.password);
    await sleep(400); // on disk by now
  });
  afterEach(async () => {
    await server.close();
    await removeFolder(folder);
  });

  for (const [windows, milliseconds] of [
    [2, 9_000],
    [8, 13_000],
  ] as const) {
    it(`${windows} of them make one refresh a token life between them`, async () => {
      const herd = new Herd(program, [folder, server.url, file]);
      for (let number = 0; number < windows; number += 1) {
        herd.add();
      }
      await sleep(milliseconds);
      await herd.end();
      const counts = await handedOut();
      const refreshes = server.requests.tokenCalls('refresh_token');
      assert.deepEqual(herd.failures, []);
      assert.deepEqual(Object.keys(counts), ['token'], JSON.stringify(counts));
      const lives = Math.ceil(milliseconds / life);
      assert.ok(refreshes.length >= 1 && refreshes.length <= lives, `${refreshes.length} refreshes in ${lives} lives`);
      assert.ok(refreshes.every(({ status }) => status === 200));
    });
  }

  it('keep the session when they are killed and stopped at random, but for what died with an answer in hand', async () => {
    const herd = new Herd(program, [folder, server.url, file]);
    for (let number = 0; number < 8; number += 1) {
      herd.add();
    }
    await sleep(1_500);
    for (let round = 0; round < 12; round += 1) {
      await sleep(500 + Math.random() * 700);
      if (round % 3 === 2) {
        herd.stop(1_000 + Math.random() * 5_000);
      } else {
        herd.kill();
      }
    }
    await sleep(1_000);
    const { killed } = herd.counts;
    await herd.end();
    const counts = await handedOut();
    const refused = server.requests.tokenCalls('refresh_token').filter(({ status }) => status !== 200);
    assert.deepEqual(herd.failures, []);
    assert.equal(counts['ended'], undefined, 'no ended token was handed out');
    assert.ok((counts['token'] ?? 0) > 100, JSON.stringify(counts));
    // A token that was rotated for a window which died before it could store the new one cannot be saved; the person
    // signs in again. That takes a kill within the few 100 ms of a refresh: the rest must have survived.
    assert.ok(refused.length <= killed, `${refused.length} refused, ${killed} killed`);
    if ((counts['signInAgain'] ?? 0) > 0) {
      assert.ok(refused.length > 0, 'nothing is given up without a definite refusal');
    }
  });

  async function handedOut(): Promise<Record<string, number>> {
    const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '');
    return lines.reduce<Record<string, number>>((sum, line) => ({ ...sum, [line]: (sum[line] ?? 0) + 1 }), {});
  }
});

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
