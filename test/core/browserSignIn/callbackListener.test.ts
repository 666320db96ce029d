import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { createServer, Server } from 'node:net';
import {
  callbackTimeLimit,
  listenForCallback,
  type CallbackListener,
} from '../../../src/core/browserSignIn/callbackListener';
import { isFailure } from '../../../src/core/base/failure';
import { freePort } from '../../../scripts/process/freePort';
import { FakeClock } from '../../fakes/fakeClock';
import { sendRaw } from '../../fakes/rawConnection';

describe('the listener for the browser', () => {
  const open: { close(): unknown }[] = [];
  let cancel: AbortController;
  let redirectUri: URL;
  const clock = new FakeClock();

  beforeEach(async () => {
    cancel = new AbortController();
    redirectUri = new URL(`http://localhost:${await freePort()}`);
  });
  const { listen: listenAt } = Server.prototype;
  /** From here on, listening at `::1` fails as it does on a machine without IPv6. */
  const withoutIpv6 = (): void => {
    Server.prototype.listen = function (this: Server, options: { host?: string }, ...rest: unknown[]) {
      const address = options.host === '::1' ? { ...options, host: '2001:db8::1' } : options;
      return Reflect.apply(listenAt, this, [address, ...rest]) as Server;
    } as typeof listenAt;
  };
  afterEach(async () => {
    Server.prototype.listen = listenAt;
    for (const one of open.splice(0)) await one.close();
  });

  const listen = async (uri = redirectUri): Promise<CallbackListener> => {
    const listener = await listenForCallback(uri, (query) => query.get('state') === 'mine', cancel.signal, clock);
    open.push(listener);
    return listener;
  };
  const visit = (query: string, init?: RequestInit): Promise<Response> => fetch(new URL(query, redirectUri), init);
  const occupy = async (host: string, port: number): Promise<Server> => {
    const server = createServer();
    await new Promise<void>((resolve) => {
      server.listen(port, host === '::1' ? '::1' : '127.0.0.1', resolve);
    });
    open.push(server);
    return server;
  };
  const rejectsWith = (code: string) => (error: unknown) => isFailure(error) && error.code === code;

  it('returns the query that has its state, and sends the browser back to VS Code', async () => {
    const listener = await listen();
    const response = await visit('?code=abc%2B%2F%3D&state=mine');
    assert.equal(response.status, 200);
    assert.match(await response.text(), /Go back to VS Code/);
    assert.equal((await listener.answer).get('code'), 'abc+/=');
  });

  it('returns a refusal as well, and says so on its page', async () => {
    const listener = await listen();
    const response = await visit('?error=access_denied&error_description=No&state=mine');
    assert.match(await response.text(), /did not sign you in/);
    assert.equal((await listener.answer).get('error'), 'access_denied');
  });

  it('shows a refusal if there is an error beside the code', async () => {
    await listen();
    const response = await visit('?code=1&error=server_error&state=mine');
    assert.match(await response.text(), /did not sign you in/);
  });

  for (const address of ['127.0.0.1', '[::1]', 'localhost']) {
    it(`listens at ${address}`, async () => {
      redirectUri.hostname = address;
      const listener = await listen();
      await visit('?code=1&state=mine');
      assert.equal((await listener.answer).get('code'), '1');
    });
  }

  it('listens at both addresses of localhost', async () => {
    for (const address of ['127.0.0.1', '[::1]']) {
      const listener = await listen();
      const { port } = redirectUri;
      const get = `GET /?code=1&state=mine HTTP/1.1\r\nHost: localhost:${port}\r\n\r\n`;
      assert.equal((await sendRaw(address, Number(port), get)).status, 200);
      assert.equal((await listener.answer).get('code'), '1');
      await listener.close();
    }
  });

  for (const taken of ['127.0.0.1', '::1']) {
    it(`listens at no address of localhost if ${taken} is taken, and names the port`, async () => {
      const port = Number(redirectUri.port);
      const other = await occupy(taken, port);
      await assert.rejects(listen(), (error) => isFailure(error) && error.code === 'portBusy' && error.port === port);
      const free = taken === '::1' ? '127.0.0.1' : '::1';
      await occupy(free, port);
      assert.ok(other.listening);
    });
  }

  it('listens at the other address of localhost if this machine has no IPv6, where nobody else can listen either', async () => {
    withoutIpv6();
    const listener = await listen();
    await visit('?code=1&state=mine');
    assert.equal((await listener.answer).get('code'), '1');
  });

  it('refuses an address that other machines can reach, or that needs a certificate', async () => {
    for (const address of [
      'http://192.0.2.7:8081',
      'http://0.0.0.0:8081',
      'http://[::]:8081',
      'http://[::ffff:127.0.0.1]:8081',
      'http://127.0.0.2:8081',
      'http://localhost.attacker.example:8081',
      'http://localhost.:8081',
      'http://user@localhost:8081',
      'http://:secret@localhost:8081',
      'http://localhost:0',
      'https://localhost:8081',
      'vscode://localhost:8081',
    ]) {
      await assert.rejects(listen(new URL(address)), TypeError, address);
    }
  });

  it('frees the port after the answer, without being asked', async () => {
    const listener = await listen();
    await visit('?code=1&state=mine');
    await listener.answer;
    await listener.close();
    await assert.rejects(visit('?code=2&state=mine'));
    await listen();
  });

  it('ends after five minutes', async () => {
    const listener = await listen();
    assert.equal(callbackTimeLimit, 300_000);
    await clock.pass(callbackTimeLimit - 1);
    assert.equal((await visit('?state=theirs')).status, 400);
    await clock.pass(1);
    await assert.rejects(listener.answer, rejectsWith('callbackTimeout'));
    await listener.close();
    await assert.rejects(visit('?code=1&state=mine'));
  });

  it('ends when the sign-in is cancelled or closed, and leaves nothing behind', async () => {
    const cancelled = await listen();
    cancel.abort();
    await assert.rejects(cancelled.answer, rejectsWith('cancelled'));
    await cancelled.close();
    cancel = new AbortController();
    const closed = await listen();
    await closed.close();
    await assert.rejects(closed.answer, rejectsWith('cancelled'));
    assert.equal(clock.waiting, 0);
    assert.deepEqual(getEventListeners(cancel.signal, 'abort'), []);
  });

  it('does not start if the sign-in has been cancelled already', async () => {
    cancel.abort();
    await assert.rejects(listen(), rejectsWith('cancelled'));
    await occupy('127.0.0.1', Number(redirectUri.port));
  });
});
