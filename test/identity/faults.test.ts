import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { get, post, refresh, serverForEachTest, signIn, useToken } from './caller';
import type { Fault } from './faults';

describe('Scripted faults', () => {
  const server = serverForEachTest();

  const answerTo = (fault: Fault) => {
    server().faults.next(fault);
    return signIn(server());
  };
  /** The code undici gives for a connection that was broken. */
  const failureOf = async (call: Promise<unknown>): Promise<unknown> => {
    const error = await call.then(
      () => assert.fail('The call was answered.'),
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof Error);
    return (error.cause as { code?: string } | undefined)?.code ?? error.name;
  };

  it('429 without Retry-After, and with the one chosen', async () => {
    const bare = await answerTo({ kind: 'tooManyRequests' });
    assert.deepEqual([bare.status, bare.headers.get('retry-after')], [429, null]);
    const seconds = await answerTo({ kind: 'tooManyRequests', retryAfter: 2, body: 'html' });
    assert.deepEqual([seconds.headers.get('retry-after'), seconds.text.startsWith('<html>')], ['2', true]);
    const date = 'Wed, 21 Oct 2026 07:28:00 GMT';
    const empty = await answerTo({ kind: 'tooManyRequests', retryAfter: date, body: 'empty' });
    assert.deepEqual([empty.headers.get('retry-after'), empty.text], [date, '']);
  });

  it('403 in the four shapes', async () => {
    const bodies = [
      (await answerTo({ kind: 'forbidden', shape: 'errorCode804' })).body['errorCode'],
      (await answerTo({ kind: 'forbidden', shape: 'accessDenied' })).body['error'],
      (await answerTo({ kind: 'forbidden', shape: 'errorCode403' })).body['errorCode'],
      (await answerTo({ kind: 'forbidden', shape: 'empty' })).text,
    ];
    assert.deepEqual(bodies, [804, 'access_denied', 403, '']);
    assert.deepEqual(
      server()
        .requests.tokenCalls()
        .map(({ status }) => status),
      [403, 403, 403, 403],
    );
  });

  for (const status of [500, 502, 503, 504] as const) {
    it(`${status} as HTML and as errorCode 2001`, async () => {
      const page = await answerTo({ kind: 'serverError', status, body: 'html' });
      assert.deepEqual([page.status, page.headers.get('content-type')], [status, 'text/html;charset=UTF-8']);
      const data = await answerTo({ kind: 'serverError', status, body: 'errorCode2001' });
      assert.deepEqual([data.status, data.body['errorCode']], [status, 2001]);
    });
  }

  it('200 with a captive portal, with an empty body, and with truncated JSON', async () => {
    const portal = await answerTo({ kind: 'captivePortal' });
    assert.deepEqual([portal.status, portal.text.startsWith('<!DOCTYPE html>')], [200, true]);
    const empty = await answerTo({ kind: 'emptyBody' });
    assert.deepEqual([empty.status, empty.text], [200, '']);
    const broken = await answerTo({ kind: 'brokenJson' });
    assert.equal(broken.headers.get('content-type'), 'application/json;charset=UTF-8');
    assert.match(broken.text, /^\{"access_token":/);
    assert.throws(() => JSON.parse(broken.text) as unknown, SyntaxError);
  });

  it('any JSON: null, an array, a status of choice', async () => {
    assert.equal((await answerTo({ kind: 'json', body: null })).text, 'null');
    assert.equal((await answerTo({ kind: 'json', body: [1] })).text, '[1]');
    assert.equal((await answerTo({ kind: 'json', body: {}, status: 418 })).status, 418);
  });

  it('fields of the wrong type, or missing fields, in an otherwise genuine answer', async () => {
    const { body } = await answerTo({
      kind: 'fields',
      fields: { access_token: 42, expires_in: undefined, scope: null },
    });
    assert.deepEqual(Object.keys(body), ['access_token', 'token_type', 'refresh_token', 'scope']);
    assert.deepEqual([body['access_token'], body['scope']], [42, null]);
    assert.equal((await refresh(server(), body['refresh_token'])).status, 200);
  });

  it('a redirect to a chosen address, with a chosen status', async () => {
    const answer = await answerTo({ kind: 'redirect', to: 'http://127.0.0.1:1/oauth/token' });
    assert.deepEqual([answer.status, answer.headers.get('location')], [307, 'http://127.0.0.1:1/oauth/token']);
    assert.equal((await answerTo({ kind: 'redirect', to: '/', status: 302 })).status, 302);
  });

  it('a reset before reading, after reading, and after the answer was made', async () => {
    for (const kind of ['resetBeforeReading', 'resetAfterReading', 'lostAnswer'] as const) {
      server().faults.next({ kind });
      assert.match(String(await failureOf(signIn(server()))), /^(ECONNRESET|UND_ERR_SOCKET)$/, kind);
      const last = server().requests.all.at(-1);
      assert.deepEqual([last?.fault, last?.status], [kind, undefined]);
    }
    const [before, after] = server().requests.all;
    assert.deepEqual([before?.grant, after?.grant], [undefined, 'password']);
  });

  it('a lost answer has rotated the pair; a reset after reading has not', async () => {
    const { body } = await signIn(server());
    server().faults.next({ kind: 'resetAfterReading' });
    await failureOf(refresh(server(), body['refresh_token']));
    assert.equal(await useToken(server(), body['access_token']), 200);
    server().faults.next({ kind: 'lostAnswer' });
    await failureOf(refresh(server(), body['refresh_token']));
    assert.equal(await useToken(server(), body['access_token']), 401);
    assert.equal((await refresh(server(), body['refresh_token'])).status, 400);
  });

  it('no answer at all, until the caller times out', async () => {
    server().faults.next({ kind: 'hang' });
    const arrival = server().requests.arrival('/oauth/token');
    const call = fetch(`${server().url}/oauth/token`, { method: 'POST', signal: AbortSignal.timeout(60) });
    assert.equal(await failureOf(call), 'TimeoutError');
    assert.equal((await arrival).status, undefined);
    assert.equal((await signIn(server())).status, 200);
  });

  it('headers and then no body', async () => {
    server().faults.next({ kind: 'hang', after: 'headers' });
    const signal = AbortSignal.timeout(1_000); // long enough for the headers on any machine
    const response = await fetch(`${server().url}/oauth/token`, { method: 'POST', signal });
    assert.equal(response.status, 200);
    await assert.rejects(response.text(), { name: 'TimeoutError' });
  });

  it('a slow answer, one byte at a time, that arrives complete', async () => {
    server().faults.next({ kind: 'slowDrip', millisecondsPerByte: 1 });
    const response = await fetch(`${server().url}/reltio/status`);
    const pieces: number[] = [];
    for await (const piece of response.body as unknown as AsyncIterable<Uint8Array>) {
      pieces.push(piece.length);
    }
    assert.ok(pieces.length > 5, `came in ${pieces.length} pieces`);
    assert.equal(
      pieces.reduce((sum, size) => sum + size),
      '{"Status":"Green"}'.length,
    );
  });

  it('a delayed answer', async () => {
    server().faults.next({ kind: 'wait', milliseconds: 50 });
    const start = performance.now();
    assert.equal((await signIn(server())).status, 200);
    assert.ok(performance.now() - start >= 45);
  });

  it('sends no delayed answer to a caller that hung up', async () => {
    server().faults.next({ kind: 'wait', milliseconds: 60 });
    const signal = AbortSignal.timeout(20);
    await assert.rejects(fetch(`${server().url}/reltio/status`, { signal }), { name: 'TimeoutError' });
    await sleep(80);
    assert.equal(server().requests.all[0]?.status, undefined);
  });

  it('a body of 50 MB, or of the size chosen, and JSON to its last byte', async () => {
    server().faults.next({ kind: 'hugeBody' });
    const response = await fetch(`${server().url}/reltio/status`);
    let size = 0;
    for await (const piece of response.body as unknown as AsyncIterable<Uint8Array>) {
      size += piece.length;
    }
    assert.equal(size, 50 * 1024 * 1024);
    const small = await answerTo({ kind: 'hugeBody', bytes: 100_000 });
    assert.deepEqual([small.text.length, String(small.body['access_token']).length], [100_000, 99_981]);
  });

  it('stops a body of 50 MB when the caller hangs up', async () => {
    server().faults.next({ kind: 'hugeBody' });
    const response = await fetch(`${server().url}/reltio/status`);
    await response.body?.cancel();
    assert.equal((await signIn(server())).status, 200);
  });

  it('take effect before a password is counted or a code is mailed', async () => {
    for (let tries = 0; tries < 6; tries += 1) {
      await answerTo({ kind: 'serverError', status: 503, body: 'html' });
      server().faults.next({ kind: 'brokenJson' });
      await post(server(), '/oauth/token', { grant_type: 'password', username: 'jane@acme.com', password: 'wrong' });
    }
    assert.equal((await signIn(server())).status, 200);
  });
});

describe('The schedule of faults', () => {
  const server = serverForEachTest();
  const statuses = async (count: number) => {
    const seen: number[] = [];
    while (seen.length < count) {
      seen.push((await signIn(server())).status);
    }
    return seen;
  };

  it('applies each fault once, or as often as asked, in the order given', async () => {
    server().faults.next({ kind: 'tooManyRequests' }, { times: 2 });
    server().faults.next({ kind: 'json', body: {}, status: 500 });
    assert.equal(server().faults.pending, 3);
    assert.deepEqual(await statuses(4), [429, 429, 500, 200]);
  });

  it('waits for the grant or the path that a fault is meant for', async () => {
    server().faults.next({ kind: 'tooManyRequests' }, { grant: 'refresh_token' });
    server().faults.next({ kind: 'json', body: {}, status: 500 }, { path: '/reltio/status' });
    assert.deepEqual(await statuses(1), [200]);
    assert.equal((await get(server(), '/reltio/status')).status, 500);
    assert.equal((await refresh(server(), 'any')).status, 429);
    assert.equal(server().faults.pending, 0);
  });

  it('applies `always` until it is removed; `next` goes first', async () => {
    server().faults.always({ kind: 'json', body: {}, status: 503 }, { path: '/oauth/token' });
    server().faults.next({ kind: 'tooManyRequests' });
    assert.deepEqual(await statuses(3), [429, 503, 503]);
    assert.equal((await get(server(), '/reltio/status')).status, 200);
    server().faults.always(undefined);
    assert.deepEqual(await statuses(1), [200]);
  });

  it('is emptied by clear, and never affects the welcome page', async () => {
    server().faults.always({ kind: 'tooManyRequests' });
    server().faults.next({ kind: 'tooManyRequests' });
    assert.equal((await get(server(), '/')).status, 200);
    server().faults.clear();
    assert.deepEqual(await statuses(1), [200]);
  });
});
