import assert from 'node:assert/strict';
import '../../../fakes/fakeVscode';
import type { AuthorizationRequest } from '../../../../src/core/browserSignIn/authorizationRequest';
import { Failure } from '../../../../src/core/base/failure';
import type { Submitted } from '../../../../src/editor/prompt/prompt';
import { BrowserVisit, type BrowserRoute, type Visited } from '../../../../src/features/signIn/browser/browserVisit';
import { closedBrowser, freePort, until } from '../../../fakes/fakeBrowser';
import { Installation } from '../../../fakes/installation';

describe('a visit to the browser', () => {
  it('redeems a code once, although the user pastes what has just arrived, and again after a failure', async () => {
    const redirectUri = `http://localhost:${await freePort()}`;
    const request: AuthorizationRequest = {
      url: 'https://auth.reltio.com/oauth/sso',
      redirectUri,
      state: 'the-state',
      codeVerifier: undefined,
      issuer: { issuer: 'https://auth.reltio.com', namesItself: false },
    };
    const sent: string[] = [];
    let answer: (outcome: Failure) => void = () => undefined;
    const route: BrowserRoute = {
      begin: () => Promise.resolve({ request }),
      redeem: (_request, code) => {
        sent.push(code);
        return new Promise((_resolve, reject) => (answer = reject));
      },
    };
    const tools = {
      ...closedBrowser(new Installation().openCore().real),
      redirect: { address: redirectUri, isLocal: true },
      trusted: [],
    };
    const visit = new BrowserVisit<never>(route, tools, { listens: true, isBesideBrowser: true });
    const closed = new AbortController();
    const refusals: string[] = [];
    visit.start({
      closed: closed.signal,
      answer: () => undefined,
      wait: () => undefined,
      refuse: (sentence) => refusals.push(sentence),
    });
    const address = `${redirectUri}/?code=c1&state=the-state`;
    await until(() => refusals.length === 1); // the browser was not opened
    await fetch(address);
    await until(() => sent.length === 1);
    const paste = (): Promise<Submitted<Visited>> => visit.paste(address, closed.signal);
    const pasted = assert.rejects(paste(), { code: 'timeout' });
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.deepEqual(sent, ['c1']);
    answer(new Failure('timeout', { host: 'auth.reltio.com' }));
    await pasted;

    const again = assert.rejects(paste(), { code: 'clientUnknown' });
    await until(() => sent.length === 2);
    answer(new Failure('clientUnknown'));
    await again;
    closed.abort();
    await visit.end();
  });
});
