import assert from 'node:assert/strict';
import { LateNetwork } from '../../../src/core/network/lateNetwork';
import { defaultNetworkSettings } from '../../../src/core/network/networkSettings';
import { serverForEachTest } from '../../identity/caller';

describe('LateNetwork', () => {
  const server = serverForEachTest();
  const asked: string[] = [];
  const network = new LateNetwork({
    userAgent: 'test',
    mayReceiveSecrets: (url) => {
      asked.push(url);
      return Promise.resolve(!url.endsWith('/refused'));
    },
    settings: () => defaultNetworkSettings,
    passphrase: () => Promise.resolve(undefined),
    env: {},
    onChoice: () => undefined,
  });
  const get = (path: string) =>
    network.send({ method: 'GET', url: server().url + path, headers: {} }, new AbortController().signal);

  it('loads one network for all requests, and sends through it', async () => {
    const answers = await Promise.all([get('/reltio/status'), get('/reltio/status')]);
    assert.deepEqual(
      answers.map((answer) => answer.kind),
      ['response', 'response'],
    );
    assert.equal(await network.load(), await network.load());
  });

  it('asks for every request whether its host may receive a secret', async () => {
    asked.length = 0;
    assert.deepEqual(await get('/refused'), { kind: 'failure', code: 'untrustedHost' });
    assert.deepEqual(asked, [`${server().url}/refused`]);
    assert.equal(server().requests.to('/refused').length, 0);
  });

  it('opens streams of the same network, with the same question', async () => {
    asked.length = 0;
    const open = (path: string) =>
      network.open({ method: 'GET', url: server().url + path, headers: [] }, new AbortController().signal);
    const answer = await open('/reltio/status');
    assert.ok(answer.kind === 'response');
    await answer.body[Symbol.asyncIterator]().return?.();
    assert.deepEqual(await open('/refused'), { kind: 'failure', code: 'untrustedHost' });
    assert.deepEqual(asked, [`${server().url}/reltio/status`, `${server().url}/refused`]);
  });
});
