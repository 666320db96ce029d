import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import * as vscode from 'vscode';
import type { ReltioRequest } from '../../examples/consumer/reltio';
import type { FetchResult } from './consumer/extension';
import { type HostileEnvironment, startHostileEnvironment } from './hostileEnvironment';
import { Reltio, useEnvironments } from './reltio';

const SCOPES = ['RELTIO_ENVIRONMENT:local'];
const PATH = '/reltio/tenants/AcmeDev01/name';
/** Reltio accepts any method here, and answers 500 to all but GET. */
const changing = { method: 'POST', body: '{}' };

/** `examples/consumer/reltio.ts`, copied into another extension. */
describe('the reltio.ts of the example', () => {
  let reltio: Reltio;
  let hostile: HostileEnvironment;
  before(async () => {
    reltio = await Reltio.start();
    hostile = await startHostileEnvironment();
    const { url } = reltio.server;
    await useEnvironments([
      { name: 'local', url, authUrl: url, tenant: 'AcmeDev01' },
      { name: 'hostile', url: hostile.url, authUrl: url },
    ]);
    await reltio.signIn();
    await reltio.letConsumerIn(SCOPES);
  });
  beforeEach(() => {
    reltio.server.requests.clear();
  });
  afterEach(() => {
    reltio.server.faults.clear();
  });
  after(async () => {
    await hostile.close();
    await reltio.stop();
  });

  const call = async (path = PATH, request: ReltioRequest = {}, environment = 'local'): Promise<FetchResult> => {
    const result: FetchResult = await vscode.commands.executeCommand('consumer.fetch', environment, path, request);
    const shown = JSON.stringify(result);
    assert.ok(!reltio.server.issuedTokens().some((token) => shown.includes(token)), 'the result contains a token');
    return result;
  };
  const failure = async (...args: Parameters<typeof call>) => {
    const result = await call(...args);
    assert.ok('error' in result, JSON.stringify(result));
    const { kind = 'none', status, retryAfterSeconds } = result.explanation ?? {};
    return { kind, status, retryAfterSeconds, message: result.error };
  };
  const succeeds = async (...args: Parameters<typeof call>): Promise<void> => {
    const result = await call(...args);
    assert.ok('status' in result, JSON.stringify(result));
  };
  /** For a session of its own: reports about the same one are checked once in ten seconds. */
  const signInAgain = async (): Promise<void> => {
    const { name, password } = reltio.server.users.plain;
    await reltio.answer(['127.0.0.1', 'Password', name, password]);
    reltio.server.requests.clear();
  };
  const statuses = (path = PATH) => reltio.server.requests.to(path).map(({ status }) => status);
  const answering = async (answer: HostileEnvironment['answer'], request: ReltioRequest = {}) => {
    hostile.answer = answer;
    const before = hostile.received.length;
    const started = Date.now();
    const result = await failure('/reltio/status', request, 'hostile');
    return { ...result, requests: hostile.received.length - before, seconds: (Date.now() - started) / 1000 };
  };

  it('calls the environment with the token', async () => {
    assert.deepEqual(await call(), { status: 200, text: '{"value":"Acme Development"}' });
    assert.deepEqual(await call(`${reltio.server.url}${PATH}`), { status: 200, text: '{"value":"Acme Development"}' });
  });

  it('sends the token nowhere else', async () => {
    const known = hostile.received.length;
    const { host } = new URL(hostile.url);
    for (const path of [
      `//${host}/x`,
      `/\\${host}/x`,
      `\\\\${host}/x`,
      `/\t/${host}/x`,
      `${hostile.url}/x`,
      ' //x.invalid',
    ])
      assert.equal((await failure(path)).kind, 'wrongHost', path);
    assert.equal((await failure(PATH, {}, 'nowhere')).kind, 'wrongHost');
    assert.deepEqual([hostile.received.length, statuses()], [known, []]);
  });

  it('sets its own Authorization, whatever the caller passes', async () => {
    const headers = { authorization: 'Basic YTpi', 'x-own': '1' };
    await succeeds(PATH, { headers });
    const [request] = reltio.server.requests.to(PATH);
    assert.match(request?.headers.authorization ?? '', /^Bearer \S+$/);
    assert.equal(request?.headers['x-own'], '1');
  });

  it('does not hide a mistake of the caller', async () => {
    assert.match((await failure(PATH, { body: '{}' })).message, /^TypeError: .*GET/);
    assert.deepEqual(statuses(), []);
  });

  for (const status of [301, 302, 303, 307, 308] as const) {
    it(`does not follow a redirect (${status})`, async () => {
      const known = hostile.received.length;
      reltio.server.faults.next({ kind: 'redirect', to: `${hostile.url}/x`, status }, { path: PATH });
      assert.deepEqual(
        { ...(await failure()), message: '' },
        { kind: 'notReltio', status, retryAfterSeconds: undefined, message: '' },
      );
      assert.equal(hostile.received.length, known);
    });
  }

  describe('when a token has expired early', () => {
    beforeEach(async () => {
      await signInAgain();
      reltio.server.expireAccessTokens();
    });

    it('repeats a GET once, with a new token', async () => {
      await succeeds();
      assert.deepEqual(statuses(), [401, 200]);
      assert.equal(reltio.server.requests.tokenCalls('refresh_token').length, 1);
    });

    it('repeats no POST, which works when the caller sends it again', async () => {
      const { kind, status } = await failure(PATH, changing);
      assert.deepEqual([kind, status, statuses()], ['tokenExpiredOrRejected', 401, [401]]);
      assert.equal((await failure(PATH, changing)).status, 500, 'the token is accepted');
    });

    it('repeats a POST of which the caller says that it may be repeated', async () => {
      await failure(PATH, { ...changing, mayRepeat: true });
      assert.deepEqual(statuses(), [401, 500]);
    });

    it('gets one new token for many calls at the same time', async () => {
      const results = await Promise.all(Array.from({ length: 10 }, () => call()));
      assert.ok(results.every((result) => 'status' in result));
      assert.equal(reltio.server.requests.tokenCalls('refresh_token').length, 1);
    });
  });

  it('does not go on when the environment rejects the new token too', async () => {
    await signInAgain();
    reltio.server.policy.dataApiRefuses = true;
    try {
      const { kind, status } = await failure();
      assert.deepEqual([kind, status], ['tokenExpiredOrRejected', 401]);
      assert.ok(statuses().length <= 2, `${statuses().length} requests`);
    } finally {
      reltio.server.policy.dataApiRefuses = false;
    }
  });

  it('says that the environment is wrong when Reltio considers the token valid', async () => {
    await signInAgain();
    const { policy } = reltio.server;
    const { refreshReturns } = policy;
    Object.assign(policy, { refreshReturns: 'samePairSameExpiry', dataApiRefuses: true });
    try {
      assert.match((await failure()).message, /considers valid/);
      assert.deepEqual(statuses(), [401]);
    } finally {
      Object.assign(policy, { refreshReturns, dataApiRefuses: false });
    }
  });

  describe('waits', () => {
    it('as long as Reltio asks', async () => {
      reltio.server.faults.next({ kind: 'tooManyRequests', retryAfter: 2 }, { path: PATH });
      const started = Date.now();
      await succeeds();
      assert.ok(Date.now() - started >= 2_000);
      assert.deepEqual(statuses(), [429, 200]);
    });

    for (const status of [502, 503, 504] as const) {
      it(`a second or two after ${status}`, async () => {
        reltio.server.faults.next({ kind: 'serverError', status, body: 'html' }, { path: PATH });
        const started = Date.now();
        await succeeds();
        assert.ok(Date.now() - started >= 1_000);
      });
    }

    it('at most three times', async () => {
      reltio.server.faults.always({ kind: 'tooManyRequests', retryAfter: 0 }, { path: PATH });
      const { kind, status } = await failure();
      assert.deepEqual([kind, status, statuses()], ['rateLimited', 429, [429, 429, 429, 429]]);
    });

    it('not for longer than a minute, and says how long it would be', async () => {
      reltio.server.faults.next({ kind: 'tooManyRequests', retryAfter: 3600 }, { path: PATH });
      const { kind, retryAfterSeconds } = await failure();
      assert.deepEqual([kind, retryAfterSeconds, statuses()], ['rateLimited', 3600, [429]]);
    });

    it('not for a request that may not be repeated', async () => {
      reltio.server.faults.next({ kind: 'serverError', status: 503, body: 'errorCode2001' }, { path: PATH });
      assert.deepEqual([(await failure(PATH, changing)).kind, statuses()], ['outage', [503]]);
    });

    it('not after the caller has cancelled', async () => {
      reltio.server.faults.always({ kind: 'tooManyRequests', retryAfter: 30 }, { path: PATH });
      const started = Date.now();
      const caller = new AbortController();
      setTimeout(() => {
        caller.abort();
      }, 300);
      assert.match((await failure(PATH, { signal: caller.signal })).message, /^AbortError/);
      assert.ok(Date.now() - started < 5_000);
    });
  });

  for (const shape of ['errorCode804', 'accessDenied', 'errorCode403', 'empty'] as const) {
    it(`explains a 403 and asks for no other token (${shape})`, async () => {
      reltio.server.faults.next({ kind: 'forbidden', shape }, { path: PATH });
      const { kind, status, message } = await failure();
      assert.deepEqual([kind, status], [shape === 'empty' ? 'ipAllowList' : 'missingRole', 403]);
      assert.match(message, /\w+\. .*\w+\./, 'what it is, and what to do');
      assert.deepEqual(
        reltio.server.requests.all.map(({ path }) => path),
        [PATH],
      );
    });
  }

  describe('at a hostile or broken environment', () => {
    let sent = 0;
    const endless = (response: ServerResponse): void => {
      const part = 'x'.repeat(65_536);
      const more = (): void => {
        do sent += part.length;
        while (!response.destroyed && response.write(part));
        if (!response.destroyed) response.once('drain', more);
      };
      more();
    };

    it('reads only the beginning of an endless answer', async () => {
      const { kind, seconds } = await answering((_request, response) => {
        response.writeHead(403, { 'content-type': 'application/json' });
        endless(response);
      });
      assert.equal(kind, 'ipAllowList');
      assert.ok(seconds < 5 && sent < 20_000_000, `${seconds} s, ${sent} bytes`);
    });

    it('reads only the beginning of what was packed', async () => {
      const packed = gzipSync(Buffer.alloc(50_000_000, 'x'));
      const { seconds } = await answering((_request, response) => {
        response.writeHead(500, { 'content-encoding': 'gzip' }).end(packed);
      });
      assert.ok(seconds < 5, `${seconds} s`);
    });

    it('takes the page of a guest network for what it is', async () => {
      const { kind } = await answering((_request, response) => {
        response.writeHead(200, { 'content-type': 'text/html' }).end('<!DOCTYPE html><title>Guests</title>');
      });
      assert.equal(kind, 'notReltio');
    });

    it('repeats nothing of an answer that quotes the token, links or commands', async () => {
      const { message } = await answering((request, response) => {
        const text = `${request.headers.authorization} [Sign in](command:evil) https://evil.example`;
        response.writeHead(403, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ errorCode: 804, errorMessage: text, error: text, error_description: text }));
      });
      assert.doesNotMatch(message, /evil|Bearer/);
    });

    it('replaces the token once when every answer is invalid_token, and no more', async () => {
      const reject: HostileEnvironment['answer'] = (request, response) => {
        const text = `Invalid access token: ${request.headers.authorization?.slice(7)}`;
        response.writeHead(401, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ error: 'invalid_token', error_description: text }));
      };
      const results = [await answering(reject), await answering(reject), await answering(reject)];
      assert.deepEqual(
        results.map(({ kind }) => kind),
        Array(3).fill('tokenExpiredOrRejected'),
      );
      assert.ok(results.every(({ requests }) => requests <= 2));
      assert.ok(reltio.server.requests.tokenCalls().length <= 1, 'one token request in ten seconds');
      await succeeds();
    });

    it('ends when the caller cancels or has waited long enough, whether headers have come or not', async () => {
      for (const answer of [
        () => undefined,
        (_request: unknown, response: ServerResponse) => response.writeHead(403).flushHeaders(),
      ]) {
        const timeout = await answering(answer, { signal: AbortSignal.timeout(300) });
        const cancel = new AbortController();
        setTimeout(() => {
          cancel.abort();
        }, 300);
        const cancelled = await answering(answer, { signal: cancel.signal });
        assert.equal(timeout.kind, 'unreachable');
        assert.match(cancelled.message, /^AbortError/);
        assert.ok(timeout.seconds < 5 && cancelled.seconds < 5);
      }
    });

    it('reports a connection that breaks as that', async () => {
      const reset = await answering((request) => request.socket.resetAndDestroy());
      const inTheMiddle = await answering((request, response) => {
        response.writeHead(403, { 'content-length': 1000 }).write('{"error":');
        setTimeout(() => request.socket.resetAndDestroy(), 100);
      });
      assert.deepEqual([reset.kind, inTheMiddle.kind], ['unreachable', 'unreachable']);
    });
  });
});
