import assert from 'node:assert/strict';
import { fileConsent } from '../../../../src/features/handoff/requestFiles/fileConsent';
import { FakeMemory } from '../../../fakes/fakeMemory';
import { scriptedPrompt } from '../../../fakes/scriptedPrompt';

describe('the consent before a request file sends a token', () => {
  it('is asked for, once in each window, where a token would go over plain http', async () => {
    const prompt = scriptedPrompt(['Do Not Send', 'Send', 'Send']);
    const globalState = new FakeMemory();
    const host = { globalState, loadPrompt: () => Promise.resolve(prompt) };
    const [url, issuer] = ['http://localhost:8899', 'https://auth.reltio.com'];
    const may = fileConsent(host);
    assert.equal(await may(url, issuer), false);
    assert.equal(await may(url, issuer), true);
    assert.equal(await may(url, issuer), true);
    assert.equal(prompt.asked.length, 2);
    assert.match(prompt.asked[0]?.question ?? '', /^Send your access token to http:\/\/localhost:8899\?/);
    assert.equal(await fileConsent(host)(url, issuer), true);
    assert.equal(prompt.asked.length, 3);
    assert.equal(await may('https://localhost:8899', issuer), true);
    assert.equal(await may(url, 'http://localhost:8080'), true);
    assert.equal(globalState.get('confirmedHosts'), undefined);
    assert.equal(prompt.asked.length, 3);
  });
});
