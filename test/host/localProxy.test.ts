import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { scriptedPrompt, type Asked } from '../fakes/scriptedPrompt';
import { Reltio, until, useEnvironments } from './reltio';

const stops = 'no answer';

describe('the local proxy', () => {
  let reltio: Reltio;
  before(async () => {
    reltio = await Reltio.start();
    await reltio.signIn();
    const { url } = reltio.server;
    await useEnvironments([
      { name: 'local', url, authUrl: url, tenant: 'AcmeDev01' },
      { name: 'live', url, authUrl: url, tenant: 'AcmeDev01', production: true },
    ]);
  });
  after(async () => {
    await run('stopLocalProxy');
    await reltio.stop();
  });

  /** Runs a command with these answers. */
  const run = async (id: string, ...answers: readonly string[]): Promise<readonly Asked[]> => {
    const prompt = scriptedPrompt(answers);
    reltio.seam.prompt = prompt;
    assert.equal(await vscode.commands.executeCommand(`reltioAuth.${id}`), undefined, 'the caller gets nothing');
    return prompt.asked;
  };
  const copied = async (environment: string): Promise<string> => {
    await vscode.env.clipboard.writeText('a recipe');
    await run('copyLocalProxyAddress', environment, 'Address');
    return await vscode.env.clipboard.readText();
  };
  const call = async (address: string, init: RequestInit = {}): Promise<string> => {
    try {
      const answer = await fetch(`${address}/reltio/tenants/AcmeDev01/name`, init);
      const text = await answer.text();
      return `${answer.status} ${answer.headers.get('x-reltio-local-proxy') ?? text}`;
    } catch {
      return stops;
    }
  };

  it('starts after a yes, and reaches Reltio with the copied address alone, over a refresh', async () => {
    assert.equal((await run('startLocalProxy', 'Do Not Start'))[0]?.items.join(), 'Do Not Start,Start');
    assert.equal(await run('startLocalProxy', 'Start').then((asked) => asked.length), 1);
    const address = await copied('local');
    assert.match(address, /^http:\/\/127\.0\.0\.1:\d+\/[\w-]{43}\/local$/);
    const first = await call(address);
    assert.match(first, /^200 /);
    await run('refreshToken');
    assert.equal(await call(address), first);
    assert.match(await call(address.replace(/\/[\w-]{43}\//, '/guessed/')), /^401 key$/);
  });

  it('changes production only after a yes that names the method', async () => {
    const address = await copied('live');
    assert.match(await call(address), /^200 /);
    const prompt = scriptedPrompt(['Allow for 15 Minutes']);
    reltio.seam.prompt = prompt;
    assert.doesNotMatch(await call(address, { method: 'PUT', body: '{}' }), /^403 productionNotAllowed/);
    assert.match(prompt.asked[0]?.question ?? '', /^Allow changes in live \(production\)\? .* PUT request/);
    assert.equal(prompt.asked.length, 1);
  });

  it('lets nobody in with a replaced key, and nobody at all after a stop', async () => {
    const before = await copied('local');
    await run('newLocalProxyKey', 'Replace');
    // the first attempt may use a connection that was just cut
    await until('the old key is refused', async () => (await call(before)) === '401 key');
    const address = await copied('local');
    assert.notEqual(address, before);
    assert.match(await call(address), /^200 /);
    await run('stopLocalProxy');
    await until('the port is closed', async () => (await call(address)) === stops);
    assert.deepEqual((await run('startLocalProxy', 'Do Not Start')).length, 1, 'a new start is asked about');
    assert.equal(await call(address), stops);
  });

  it('starts nothing and copies nothing in a window without focus', async () => {
    reltio.seam.isFocused = false;
    await vscode.env.clipboard.writeText('a recipe');
    for (const id of ['startLocalProxy', 'copyLocalProxyAddress', 'copyMcpConfiguration']) {
      assert.deepEqual(await run(id, 'Start'), []);
    }
    assert.equal(await vscode.env.clipboard.readText(), 'a recipe');
    reltio.seam.isFocused = true;
  });
});
