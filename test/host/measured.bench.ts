import assert from 'node:assert/strict';
import { appendFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as vscode from 'vscode';
import { extensionId } from '../../src/editor/messages/extensionId';
import type { Result } from './results';
import { pause, Reltio, until } from './reltio';
import { startTimes } from './startTimes';
import { TrivialProvider } from './trivialProvider';
import { countTimers } from './timers';

/*
 * What `npm run bench` measures inside of an extension host. Each figure stands beside another one of the same run in the
 * same process, because the machine and what else it does change both alike.
 */

const scopes = ['entities_api'];
const warmCalls = 300;
const crowd = 1_000;
const accounts = 20;

function measured(name: string, value: number): void {
  const result: Result = { type: 'measured', name, value };
  appendFileSync(process.env['RELTIO_TEST_RESULTS']!, `${JSON.stringify(result)}\n`);
}

describe('the extension', function () {
  this.timeout(900_000);
  let reltio: Reltio;
  before(async () => {
    measureLoadedFiles(); // before anything is used
    reltio = await Reltio.start();
  });
  after(() => reltio.stop());

  it('starts quickly', async () => {
    for (const [name, value] of Object.entries(await startTimes())) {
      measured(name, value);
    }
  });

  it('takes as long as a trivial provider to return a valid session', async () => {
    const trivial = new TrivialProvider();
    await reltio.signIn();
    const ours = () => vscode.authentication.getSession('reltio', scopes, { silent: true });
    const theirs = () => vscode.authentication.getSession(TrivialProvider.id, scopes, { silent: true });
    await allowed('reltio', ours);
    await allowed(TrivialProvider.id, theirs);
    const [own, other] = await inTurns(ours, theirs);
    measured('warm getSession', median(own));
    measured('warm getSession of a trivial provider', median(other));
    trivial.dispose();
  });

  it('answers a crowd with one request', async () => {
    reltio.server.policy.accessTokenLifetime = 3;
    await vscode.commands.executeCommand('reltioAuth.refreshToken');
    reltio.server.policy.accessTokenLifetime = 3600;
    await pause(3_200);
    reltio.server.requests.clear();
    const ask = () => vscode.authentication.getSession('reltio', scopes, { silent: true });
    const started = performance.now();
    const sessions = await Promise.all(Array.from({ length: crowd }, ask));
    measured('a crowd of callers', performance.now() - started);
    assert.ok(sessions.every((session) => session !== undefined));
    measured('requests for a crowd', reltio.server.requests.tokenCalls().length);
  });

  it('sets few timers', async () => {
    const minutes = Number(process.env['RELTIO_TEST_BENCH']);
    for (const place of ['hidden', 'visible']) {
      reltio.seam.isFocused = place === 'visible';
      await pause(2_000); // what was due because of this
      const fired = await countTimers('/reltio-auth/dist/', minutes * 60_000);
      measured(`timers ${place}`, fired.length);
      for (const from of fired) measured(`timer ${place}: ${from}`, 1);
    }
  });

  it('needs little memory for many accounts', async () => {
    const before = await memory();
    for (let nth = 1; nth < accounts; nth += 1) {
      const { name } = reltio.server.users.add({ name: `user${nth}@acme.com`, password: `password-${nth}` });
      const asked = await reltio.signIn(name);
      if (nth === 1) console.log(JSON.stringify(asked));
      measured(`asked ${JSON.stringify(asked)}`, 1);
    }
    const known = await vscode.authentication.getAccounts('reltio');
    assert.equal(known.length, accounts);
    reltio.server.requests.clear();
    measured('memory of many accounts', (await memory()) - before);
  });
});

/** The files of ours that VS Code has loaded for the activation. */
function measureLoadedFiles(): void {
  const loaded = Object.keys(require.cache).filter((file) => file.includes('/reltio-auth/dist/'));
  for (const file of loaded) {
    measured(`loaded ${basename(file)}`, statSync(file).size);
  }
}

/** Gives this extension access to the session of a provider, as its user would. */
async function allowed(provider: string, ask: () => Thenable<vscode.AuthenticationSession | undefined>): Promise<void> {
  await vscode.authentication.getSession(provider, scopes, {}); // without `silent`, so VS Code offers access
  const self: Reltio['letIn'] = Reltio.prototype.letIn;
  await self(extensionId, async () => (await ask()) !== undefined, provider);
  await until(`this extension may use ${provider}`, async () => (await ask()) !== undefined);
}

type Call = () => Thenable<unknown>;

async function inTurns(one: Call, other: Call): Promise<readonly [number[], number[]]> {
  const times: readonly [number[], number[]] = [[], []];
  for (let turn = -50; turn < warmCalls; turn += 1) {
    for (const [index, call] of [one, other].entries()) {
      const started = performance.now();
      await call();
      if (turn >= 0) times[index]!.push(performance.now() - started);
    }
  }
  return times;
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? NaN;
}

/** Bytes that are in use after everything that can be collected was. */
async function memory(): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let round = 0; round < 3; round += 1) {
    await pause(500);
    collect();
  }
  return process.memoryUsage().heapUsed;
}
