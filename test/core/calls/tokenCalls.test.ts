import assert from 'node:assert/strict';
import { documentedClient } from '../../../src/core/oauth/client';
import type { Failure } from '../../../src/core/base/failure';
import {
  authorizationCodeGrant,
  clientCredentialsGrant,
  passwordGrant,
  refreshTokenGrant,
} from '../../../src/core/oauth/grants';
import type { TokenCallResult } from '../../../src/core/calls/tokenCalls';
import { monday, settle } from '../../fakes/fakeClock';
import { answer, badClient, invalidRefreshToken, pair } from '../../fakes/fakeHttp';
import { Installation, type TestCore } from '../../fakes/installation';

const server = 'https://auth.reltio.com';
const busy = (retryAfter?: string) => answer(429, '', retryAfter === undefined ? {} : { 'retry-after': retryAfter });

describe('TokenCalls', () => {
  let shared: Installation;
  let core: TestCore;
  beforeEach(() => {
    shared = new Installation();
    core = shared.openCore();
  });

  const request = (signal?: AbortSignal): Promise<TokenCallResult> =>
    core.calls.request(server, documentedClient, refreshTokenGrant('r0'), signal === undefined ? {} : { signal });
  const elapsed = () => shared.clock.now() - monday;

  async function failureOf(work: Promise<unknown>): Promise<Failure> {
    return shared.clock.finish(
      work.then(
        () => assert.fail('must fail'),
        (error: unknown) => error as Failure,
      ),
    );
  }

  it('counts the expiry from the moment the answered request was sent', async () => {
    shared.http.takes = 700;
    shared.http.next(busy('2'), pair('a1', 'r1'));
    const { startedAt, answer: token } = await shared.clock.finish(request());
    assert.equal(token.kind, 'granted');
    assert.equal(startedAt() - monday, 2_700);
  });

  it('waits for the server that asked for it: a login page does not keep the identity server from refreshing', async () => {
    const code = { code: 'c', redirectUri: 'http://localhost:8081', jsonEndpoint: 'https://login.reltio.com/token' };
    const redeem = () => core.calls.request(server, documentedClient, authorizationCodeGrant(code));
    shared.http.next(busy('300'));
    assert.deepEqual((await failureOf(redeem())).code, 'rateLimited');
    shared.http.next(pair('a1', 'r1'));
    await shared.clock.finish(request());
    const failure = await failureOf(redeem());
    assert.deepEqual([failure.code, failure.host], ['rateLimited', 'login.reltio.com']);
    assert.equal(shared.http.requests.length, 2);
  });

  describe('after two 429 without a wait', () => {
    const client = () => core.calls.request(server, documentedClient, clientCredentialsGrant());

    it('says that the quota of a client is used up, and of every other grant that there were too many requests', async () => {
      shared.http.always = busy();
      const failure = await failureOf(client());
      assert.deepEqual([failure.code, failure.host, failure.status], ['quotaUsedUp', 'auth.reltio.com', 429]);
      assert.equal(shared.http.requests.length, 2);
      assert.equal((await failureOf(request())).code, 'rateLimited');
    });

    it('says until when to wait if the server does, to a client too', async () => {
      shared.http.next(busy(), busy('60'), busy('60'));
      for (let call = 0; call < 2; call += 1) {
        const failure = await failureOf(client());
        assert.deepEqual([failure.code, failure.retryAfterMs], ['rateLimited', 60_000]);
      }
    });

    it('gives a client the token that the second request brings, and passes on another failure', async () => {
      shared.http.next(busy(), pair('c1', undefined), busy(), badClient);
      assert.equal((await shared.clock.finish(client())).answer.kind, 'granted');
      assert.equal((await failureOf(client())).code, 'clientRejected');
    });
  });

  it('says at once that a quota is used up if the answer says so', async () => {
    shared.http.next(
      answer(429, { error: 'limit_exceeded', error_description: 'Too many active tokens' }, { 'retry-after': '60' }),
    );
    const failure = await failureOf(core.calls.request(server, documentedClient, clientCredentialsGrant()));
    assert.deepEqual([failure.code, failure.retryAt], ['quotaUsedUp', shared.clock.now() + 60_000]);
    assert.equal(shared.http.requests.length, 1);
  });

  it('leaves no timer behind', async () => {
    shared.http.next(pair('a1', 'r1'), badClient);
    await request();
    await assert.rejects(request());
    assert.equal(shared.clock.waiting, 0);
  });

  describe('after a 429', () => {
    it('waits as long as the server asks and sends the same request once more', async () => {
      shared.http.next(busy('3'), pair('a1', 'r1'));
      await shared.clock.finish(request());
      assert.deepEqual(shared.http.times, [0, 3_000]);
      assert.deepEqual(shared.http.requests[0]?.form, shared.http.requests[1]?.form);
    });

    it('waits up to 5 s, and does not send it again when the server asks for more', async () => {
      shared.http.next(busy('5'), pair('a1', 'r1'), busy('6'));
      await shared.clock.finish(request());
      assert.deepEqual(shared.http.times, [0, 5_000]);
      const failure = await failureOf(request());
      assert.deepEqual([failure.code, failure.status, failure.retryAfterMs], ['rateLimited', 429, 6_000]);
      assert.equal(shared.http.requests.length, 3);
    });

    it('waits a random 1 to 3 s when the server does not say', async () => {
      for (const [value, wait] of [
        [0, 1_000],
        [0.5, 2_000],
        [0.999, 2_998],
      ] as const) {
        for (const silent of [busy(), busy('soon'), busy('-5')]) {
          core.random.value = value;
          const before = shared.http.requests.length;
          shared.http.next(silent, pair('a1', 'r1'));
          await shared.clock.finish(request());
          const [first, second] = shared.http.requests.slice(before);
          assert.equal((second?.time ?? 0) - (first?.time ?? 0), wait);
        }
      }
    });

    it('sends it only once more', async () => {
      shared.http.always = busy('0');
      assert.equal((await failureOf(request())).code, 'rateLimited');
      assert.equal(shared.http.requests.length, 2);
    });

    it('returns the second answer', async () => {
      shared.http.next(busy('1'), invalidRefreshToken());
      assert.equal((await failureOf(request())).code, 'refreshTokenRejected');
    });

    it('does not send a password again: that needs another press of Enter', async () => {
      shared.http.next(busy('1'), pair('a1', 'r1'));
      const failure = await failureOf(core.calls.request(server, documentedClient, passwordGrant('jane', 'pw')));
      assert.equal(failure.code, 'rateLimited');
      assert.equal(shared.http.requests.length, 1);
    });
  });

  it('retries nothing else', async () => {
    for (const reply of [
      answer(500),
      answer(502),
      answer(503, '', { 'retry-after': '1' }),
      answer(504),
      answer(403),
      answer(307),
      answer(200, '<html>'),
      badClient,
      invalidRefreshToken(),
      { kind: 'failure', code: 'unreachable' } as const,
      { kind: 'failure', code: 'dns' } as const,
      { kind: 'failure', code: 'tls' } as const,
    ]) {
      const before = shared.http.requests.length;
      shared.http.next(reply);
      await failureOf(request());
      assert.equal(shared.http.requests.length, before + 1);
      await shared.clock.pass(1_000);
    }
  });

  it('waits when a 503 asked for up to 5 s, and sends nothing when it asked for more', async () => {
    shared.http.next(answer(503, '', { 'retry-after': '5' }), pair('a1', 'r1'));
    assert.equal((await failureOf(request())).retryAt, monday + 5_000);
    await shared.clock.finish(request());
    assert.deepEqual(shared.http.times, [0, 5_000]);
    shared.http.next(answer(503, '', { 'retry-after': '30' }));
    await failureOf(request());
    const { code, status, retryAt } = await failureOf(request());
    assert.deepEqual([code, status, retryAt], ['rateLimited', undefined, monday + 35_000]);
    assert.equal(shared.http.requests.length, 3);
  });

  it('obeys only a `Retry-After` of 429 and 503, and none of 0', async () => {
    for (const reply of [
      answer(403, '', { 'retry-after': '60' }),
      answer(500, '', { 'retry-after': '60' }),
      answer(302, '', { 'retry-after': '60' }),
      answer(503, '', { 'retry-after': '0' }),
      answer(503, '', { 'retry-after': 'soon' }),
    ]) {
      shared.http.next(reply);
      assert.equal((await failureOf(request())).retryAt, undefined);
    }
    assert.equal(shared.http.requests.length, 5);
  });

  it('sends no password before a wait is over, and leaves other servers alone', async () => {
    const password = (origin: string): Promise<unknown> =>
      core.calls.request(origin, documentedClient, passwordGrant('jane', 'pw'));
    shared.http.next(busy('2'), pair('a1', 'r1'), pair('a2', 'r2'), busy('6'));
    await failureOf(password(server));
    await password('https://auth-dev.reltio.com');
    await shared.clock.finish(password(server));
    assert.deepEqual(shared.http.times, [0, 0, 2_000]);
    await failureOf(password(server));
    assert.equal((await failureOf(password(server))).code, 'rateLimited');
    assert.equal(shared.http.requests.length, 4);
  });

  it('lets a user sign in even if a refresh is refused again and again', async () => {
    shared.http.always = ({ form }) => (form['grant_type'] === 'password' ? pair('a1', 'r1') : busy('3'));
    const answers: string[] = [];
    const signIn = async (): Promise<void> => {
      const { kind } = (await core.calls.request(server, documentedClient, passwordGrant('jane', 'pw'))).answer;
      answers.push(kind);
    };
    for (let poll = 0; poll < 5; poll += 1) {
      void request().catch(() => undefined);
      await shared.clock.pass(1_000);
      void signIn().catch((error: unknown) => answers.push(String(error)));
      await shared.clock.pass(6_000);
    }
    assert.deepEqual(answers, Array(5).fill('granted'));
  });

  describe('its timeout of 10 s', () => {
    it('times out a hang', async () => {
      shared.http.always = 'hang';
      assert.equal((await failureOf(request())).code, 'timeout');
      assert.equal(elapsed(), 10_000);
    });

    it('includes the wait after a 429 and the second request', async () => {
      shared.http.takes = 1_000;
      shared.http.next(busy('5'), 'hang');
      assert.equal((await failureOf(request())).code, 'timeout');
      assert.equal(elapsed(), 10_000);
    });

    it("times out the wait after a slow 429 with the server's answer", async () => {
      shared.http.takes = 8_000;
      shared.http.next(busy('5'));
      const failure = await failureOf(request());
      assert.deepEqual([failure.code, failure.retryAfterMs], ['rateLimited', 5_000]);
      assert.equal(elapsed(), 10_000);
      assert.equal(shared.http.requests.length, 1);
    });

    it('aborts the HTTP request', async () => {
      shared.http.always = 'hang';
      await failureOf(request());
      await settle();
      assert.equal(shared.clock.waiting, 0);
    });
  });

  describe('when the user cancels', () => {
    for (const [when, replies] of [
      ['during the request', ['hang']],
      ['during the wait after a 429', [busy('5')]],
      ['during the second request', [busy('0'), 'hang']],
    ] as const) {
      it(`${when}: stops at once and says so`, async () => {
        const controller = new AbortController();
        shared.http.next(...replies);
        const work = failureOf(request(controller.signal));
        shared.clock.after(100, () => {
          controller.abort();
        });
        assert.equal((await work).code, 'cancelled');
        assert.equal(elapsed(), 100);
      });
    }
  });

  describe('the pace', () => {
    it('is never more than five in any second, over all callers, and the rest wait', async () => {
      shared.http.always = pair('a1', 'r1');
      await shared.clock.finish(Promise.all(Array.from({ length: 23 }, () => request())));
      const { times } = shared.http;
      assert.equal(times.length, 23);
      for (const time of times) {
        const inThatSecond = times.filter((other) => other >= time && other < time + 1_000);
        assert.ok(inThatSecond.length <= 5, `${inThatSecond.length} at ${time}`);
      }
      assert.equal(times.at(-1), 4_000);
    });

    it('counts failed calls and replays too', async () => {
      shared.http.always = busy('0');
      await shared.clock.finish(Promise.allSettled(Array.from({ length: 10 }, () => request())));
      const { times } = shared.http;
      assert.equal(times.length, 20);
      for (const time of times) {
        assert.ok(times.filter((other) => other >= time && other < time + 1_000).length <= 5);
      }
    });

    it('does not stop for long when the clock is set back', async () => {
      shared.http.always = pair('a1', 'r1');
      await shared.clock.finish(Promise.all(Array.from({ length: 5 }, () => request())));
      shared.clock.set(monday - 24 * 3_600_000);
      const before = shared.clock.now();
      await shared.clock.finish(request());
      assert.ok(shared.clock.now() - before <= 1_000);
    });
  });

  describe('the check right before a request is sent', () => {
    const asked: number[] = [];
    beforeEach(() => {
      asked.length = 0;
    });

    /** Says no the time after so many. */
    const requestUnless = (mayBeSent: number): Promise<unknown> =>
      core.calls
        .request(server, documentedClient, refreshTokenGrant('r0'), {
          beforeSending: () => {
            asked.push(elapsed());
            return asked.length > mayBeSent ? Promise.reject(new Error('too late')) : Promise.resolve();
          },
        })
        .catch((error: unknown) => (error as Error).message);

    it('runs after the wait for the pace, and nothing is sent when it throws', async () => {
      shared.http.always = pair('a1', 'r1');
      await shared.clock.finish(Promise.all(Array.from({ length: 5 }, () => request())));
      assert.equal(await shared.clock.finish(requestUnless(0)), 'too late');
      assert.deepEqual([asked, shared.http.requests.length], [[1_000], 5]);
    });

    it("runs after the server's wait, and nothing is sent when it throws", async () => {
      shared.http.next(answer(503, '', { 'retry-after': '4' }));
      await failureOf(request());
      assert.equal(await shared.clock.finish(requestUnless(0)), 'too late');
      assert.deepEqual([asked, shared.http.requests.length], [[4_000], 1]);
    });

    it('runs again after the wait for a replay, which is not sent when it throws', async () => {
      shared.http.next(busy('3'));
      assert.equal(await shared.clock.finish(requestUnless(1)), 'too late');
      assert.deepEqual([asked, shared.http.requests.length], [[0, 3_000], 1]);
    });

    it('runs once for each request', async () => {
      shared.http.next(busy('3'), pair('a1', 'r1'));
      await shared.clock.finish(requestUnless(Infinity));
      assert.deepEqual(
        [asked, shared.http.times],
        [
          [0, 3_000],
          [0, 3_000],
        ],
      );
    });
  });

  it('logs each call by host, grant, code and time, without form, header or body', async () => {
    shared.http.takes = 40;
    shared.http.next(pair('planted-access', 'planted-refresh'), invalidRefreshToken('planted-refresh'));
    await shared.clock.finish(request());
    await failureOf(request());
    assert.deepEqual(
      shared.log.lines.map(({ fields }) => fields),
      [
        { host: 'auth.reltio.com', method: 'refreshToken', milliseconds: 40 },
        {
          host: 'auth.reltio.com',
          method: 'refreshToken',
          code: 'refreshTokenRejected',
          status: 400,
          milliseconds: 40,
        },
      ],
    );
  });
});
