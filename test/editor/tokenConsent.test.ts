import assert from 'node:assert/strict';
import { confirmedHosts, needsTokenConsent } from '../../src/editor/confirmedHosts';
import { mayReceiveToken } from '../../src/editor/tokenConsent';
import { agreesToHost } from '../../src/features/signIn/hostConsent';
import { FakeMemory } from '../fakes/fakeMemory';
import { scriptedPrompt } from '../fakes/scriptedPrompt';

describe('the consent before a token is sent to an environment', () => {
  const asking = (answers: readonly string[], globalState = new FakeMemory()) => {
    const prompt = scriptedPrompt(answers);
    return { prompt, globalState, host: { globalState, loadPrompt: () => Promise.resolve(prompt) } };
  };

  it('is not asked for at reltio.com and on this machine', async () => {
    const { prompt, host } = asking([]);
    for (const url of ['https://dev.reltio.com', 'https://na-dev-1.cloud.reltio.com', 'http://127.0.0.1:8899']) {
      assert.equal(await mayReceiveToken(url, host), true);
    }
    assert.equal(prompt.asked.length, 0);
  });

  it('is asked for once at any other host, whose whole name is shown, and Enter sends nothing', async () => {
    const { prompt, globalState, host } = asking(['Send']);
    const long = `https://${'long.'.repeat(15)}reltio.com.acme.example:8443`;
    assert.equal(await mayReceiveToken(long, host), true);
    assert.equal(await mayReceiveToken(long, host), true);
    assert.equal(prompt.asked.length, 1);
    assert.ok(prompt.asked[0]?.question.includes(new URL(long).host));
    assert.equal(prompt.asked[0]?.items[0], 'Do Not Send');
    assert.ok(!needsTokenConsent(long, confirmedHosts(globalState)));
  });

  it('is asked for again after a no, and holds for one host and port only', async () => {
    const { host } = asking(['Do Not Send', 'Send', 'Do Not Send']);
    assert.equal(await mayReceiveToken('https://dev.acme.example', host), false);
    assert.equal(await mayReceiveToken('https://dev.acme.example', host), true);
    assert.equal(await mayReceiveToken('https://dev.acme.example:8443', host), false);
  });
  it('lets no password follow the token: that is asked about by itself, and includes a token', async () => {
    const { prompt, globalState, host } = asking(['Send', 'Send']);
    const confirmed = confirmedHosts(globalState);
    assert.equal(await mayReceiveToken('https://dev.acme.example', host), true);
    assert.equal(await agreesToHost('https://dev.acme.example', prompt, confirmed), true);
    assert.equal(prompt.asked.length, 2);
    const identityServer = asking(['Send']);
    const hosts = confirmedHosts(identityServer.globalState);
    await agreesToHost('https://dev.acme.example', identityServer.prompt, hosts);
    assert.equal(await mayReceiveToken('https://dev.acme.example', identityServer.host), true);
    assert.equal(identityServer.prompt.asked.length, 1);
  });
});
