import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import '../../../fakes/fakeVscode';
import type { AuthorizationRequest } from '../../../../src/core/browserSignIn/authorizationRequest';
import { Failure } from '../../../../src/core/base/failure';
import type { Submitted } from '../../../../src/editor/prompt/prompt';
import { BrowserVisit, type BrowserRoute, type Visited } from '../../../../src/features/signIn/browser/browserVisit';
import { closedBrowser, freePort, until } from '../../../fakes/fakeBrowser';
import { Installation } from '../../../fakes/installation';

describe('a visit to the browser', () => {
  it('warns also if the browser was opened again while it looked for another program at the port', async () => {
    const other = createServer();
    const port = await freePort();
    await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
    const redirectUri = `http://localhost:${port}`;
    const request = requestTo(redirectUri);
    const begun: (() => void)[] = [];
    const route: BrowserRoute = {
      begin: () => new Promise((resolve) => begun.push(() => resolve({ request }))),
      redeem: () => Promise.reject(new Failure('clientUnknown')),
    };
    const opened: string[] = [];
    const open = (url: string) => Promise.resolve(opened.push(url) > 0);
    const tools = {
      ...closedBrowser(new Installation().openCore().real),
      open,
      redirect: { address: redirectUri, isLocal: true },
      trusted: [],
    };
    const visit = new BrowserVisit<never>(route, tools, { listens: false, isBesideBrowser: true });
    const [closed, refusals] = [new AbortController(), [] as string[]];
    const box = { closed: closed.signal, answer: () => undefined, wait: () => undefined };
    visit.start({ ...box, refuse: (sentence) => refusals.push(sentence) });
    await until(() => begun.length === 1);
    visit.again();
    begun[0]?.();
    await until(() => begun.length === 2);
    begun[1]?.();
    await until(() => opened.length + refusals.length > 0);
    closed.abort();
    await visit.end();
    other.close();
    assert.deepEqual([opened.length, refusals.length], [0, 1]);
  });

  it('redeems a code once, although the user pastes what has just arrived, and again after a failure', async () => {
    const redirectUri = `http://localhost:${await freePort()}`;
    const request = requestTo(redirectUri);
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

function requestTo(redirectUri: string): AuthorizationRequest {
  return {
    url: 'https://auth.reltio.com/oauth/sso',
    redirectUri,
    state: 'the-state',
    codeVerifier: undefined,
    issuer: { issuer: 'https://auth.reltio.com', namesItself: false },
  };
}
