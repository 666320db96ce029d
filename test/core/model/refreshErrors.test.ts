import assert from 'node:assert/strict';
import { Failure, type FailureCode } from '../../../src/core/base/failure';
import { isAnswer, keepsFailing, withError } from '../../../src/core/model/refreshErrors';
import { refreshFailed } from '../../../src/core/model/transitions';
import { remedyOf } from '../../../src/core/model/remedy';
import { monday } from '../../fakes/fakeClock';
import { answer, badClient, pair, type Reply } from '../../fakes/fakeHttp';
import { jane, sampleSession, sampleTokens } from '../../fakes/sampleSession';
import { Installation, type TestCore } from '../../fakes/installation';

const minute = 60_000;
const hour = 60 * minute;

describe('a refresh that fails for long', () => {
  let shared: Installation;
  let core: TestCore;
  beforeEach(async () => {
    shared = new Installation();
    core = shared.openCore();
    await core.holds();
    await shared.clock.pass(hour);
  });
  const codeOf = (id = 'jane', from = core): Promise<string> =>
    shared.clock.finish(
      from.sessions.fresh(id, 5_000).then(
        () => 'fresh',
        (error: unknown) => (error as Failure).code,
      ),
    );
  /** A caller asks every five minutes. */
  const codesFor = async (minutes: number, id = 'jane', from = core): Promise<string[]> => {
    const codes: string[] = [];
    for (let passed = 0; passed < minutes; passed += 5) {
      codes.push(await codeOf(id, from));
      await shared.clock.pass(5 * minute);
    }
    return [...new Set(codes)];
  };

  const answers: Record<string, readonly [Reply, FailureCode]> = {
    'a 500': [answer(500), 'serverError'],
    'a 503 in HTML': [answer(503, '<html>'), 'serverError'],
    'a 403': [answer(403), 'forbidden'],
    'a 404': [answer(404), 'noTokenEndpoint'],
    'a 429': [answer(429, '', { 'retry-after': '60' }), 'rateLimited'],
    'a 400 without a reason': [answer(400), 'notReltio'],
    'a 401 of an unknown kind': [
      answer(401, { error: 'unauthorized', error_description: 'Unknown reason' }),
      'requestRefused',
    ],
    'a 200 without a token': [answer(200, {}), 'badAnswer'],
    'a redirect': [answer(302), 'redirected'],
    'a one-time code that is asked for': [answer(200, { state_token: { token: 't' }, expires_in: 600 }), 'badAnswer'],
    'far too much': [{ kind: 'failure', code: 'tooLarge' }, 'tooLarge'],
    'the expired token, for ever': [pair('a0', 'r0', 0), 'tokenUnchanged'],
    'a locked account': [
      answer(401, { error: 'unauthorized', error_description: 'User is disabled' }),
      'accountLocked',
    ],
  };
  for (const [what, [reply, code]] of Object.entries(answers)) {
    it(`${what}: is worth a new sign-in after an hour, and nothing is lost until then`, async () => {
      shared.http.always = reply;
      assert.deepEqual(await codesFor(60), [code]);
      assert.deepEqual(await codesFor(10), ['refreshKeepsFailing']);
      assert.equal(core.stored()?.state, 'signedIn');
      assert.equal(core.stored()?.tokens.refreshToken, 'r0');
      shared.http.always = pair('a1', 'r1');
      assert.deepEqual(await codesFor(5), ['fresh'], 'it is still tried');
      assert.equal(core.stored()?.refreshErrors, undefined);
    });
  }

  const silences: Record<string, Reply> = {
    'no network': { kind: 'failure', code: 'unreachable' },
    'no such host': { kind: 'failure', code: 'dns' },
    'a bad certificate': { kind: 'failure', code: 'tls' },
    'a proxy that refuses': { kind: 'failure', code: 'proxy', status: 407 },
    'a hang': 'hang',
  };
  for (const [what, reply] of Object.entries(silences)) {
    it(`${what}: is waited for, because a sign-in would get no answer either`, async () => {
      shared.http.always = reply;
      assert.ok(!(await codesFor(180)).includes('refreshKeepsFailing'));
      shared.http.always = answer(500);
      await codesFor(30);
      shared.http.always = reply;
      const codes = await codesFor(90);
      assert.ok(!codes.includes('refreshKeepsFailing'), 'also after an hour since the server answered');
    });
  }

  it('is over when a closing window left valid tokens in the journal', async () => {
    shared.http.always = answer(500);
    await codesFor(70);
    const now = shared.clock.now();
    const tokens = sampleTokens({
      accessToken: 'a1',
      refreshToken: 'r1',
      expiryKnownAt: now,
      accessTokenExpiresAt: now + hour,
    });
    await shared.journal.put('jane', 'r0', tokens);
    assert.deepEqual(await codesFor(5), ['fresh']);
    assert.equal(core.stored()?.refreshErrors, undefined);
  });

  it('is also reported to an extension that reports the token', async () => {
    shared.http.always = answer(500);
    await codesFor(70);
    const rejection = await shared.clock.finish(core.real.reportRejected('a0'));
    assert.equal(rejection.kind === 'notNow' && rejection.failure.code, 'refreshKeepsFailing');
  });

  it('has the last answer as its cause', async () => {
    shared.http.always = answer(503);
    await codesFor(70);
    const failure = await shared.clock.finish(core.sessions.refreshNow('jane').catch((error: unknown) => error));
    assert.ok(failure instanceof Failure && failure.cause instanceof Failure);
    assert.deepEqual([failure.code, failure.status, failure.cause.code], ['refreshKeepsFailing', 503, 'serverError']);
  });

  it('does not hide behind an earlier failure to reach the server', async () => {
    shared.http.next({ kind: 'failure', code: 'dns' });
    assert.equal(await codeOf(), 'dns');
    await shared.clock.pass(minute);
    shared.http.always = answer(401, { error: 'unauthorized', error_description: 'User is disabled' });
    assert.equal(await codeOf(), 'accountLocked');
    const [session] = core.sessions.known;
    assert.equal(session && core.sessions.activity(session).outage?.failure.code, 'accountLocked');
  });

  it('keeps counting when the token was rejected before it expired', async () => {
    await core.alter('jane', { state: 'rejected' });
    shared.http.always = answer(500);
    assert.deepEqual(await codesFor(60), ['serverError']);
    assert.deepEqual(await codesFor(10), ['refreshKeepsFailing']);
  });

  it('is replaced by a client that is finally rejected: then its secret helps', async () => {
    shared.http.always = answer(500);
    assert.deepEqual(await codesFor(70), ['serverError', 'refreshKeepsFailing']);
    shared.http.always = badClient;
    assert.deepEqual(await codesFor(10), ['clientRejected']);
    const [session] = core.sessions.known;
    assert.equal(session && remedyOf(session, shared.clock.now()), 'updateClientSecret');
  });

  it('is two outages when no caller asked for a token overnight', async () => {
    shared.http.always = answer(500);
    assert.equal(await codeOf(), 'serverError');
    await shared.clock.pass(13 * hour);
    assert.equal(await codeOf(), 'serverError');
    await shared.clock.pass(hour);
    assert.equal(await codeOf(), 'refreshKeepsFailing');
  });

  it('is known in every window, and after a restart of VS Code', async () => {
    shared.http.always = answer(500);
    await codesFor(60);
    assert.equal(await codeOf('jane', shared.openCore()), 'refreshKeepsFailing');
  });

  it('concerns one session, whatever another account at that server gets', async () => {
    const tokens = sampleTokens({ accessToken: 'a-omar', refreshToken: 'r-omar' });
    await core.holds({ id: 'omar', account: { ...jane, user: 'omar@acme.com' }, tokens });
    let count = 0;
    shared.http.always = ({ form }) =>
      form['refresh_token'] === 'r0' ? answer(500) : pair(`a-omar${++count}`, 'r-omar', 600);
    for (let passed = 0; passed < 60; passed += 5) {
      assert.equal(await codeOf('jane'), 'serverError');
      await shared.clock.pass(minute);
      assert.equal(await codeOf('omar'), 'fresh');
      await shared.clock.pass(4 * minute);
    }
    assert.equal(await codeOf('jane'), 'refreshKeepsFailing');
    assert.equal(await codeOf('omar'), 'fresh');
  });

  it('is not reported while the token is valid, however long', async () => {
    await core.holds({ id: 'long', tokens: sampleTokens({ accessTokenExpiresAt: monday + 9 * hour }) });
    shared.http.always = answer(500);
    for (let passed = 0; passed < 120; passed += 10) {
      const code = await shared.clock.finish(
        core.sessions.refreshNow('long').catch((error: unknown) => (error as Failure).code),
      );
      assert.equal(code, 'serverError');
      await shared.clock.pass(10 * minute);
    }
  });

  it('is written twice in each outage: when it begins, and when it has lasted an hour', async () => {
    shared.http.always = answer(500);
    const before = core.secrets.writes.length;
    await codesFor(120);
    assert.equal(core.secrets.writes.length, before + 2);
  });

  it('starts at the new time when the clock was set back', () => {
    const before = sampleSession({ refreshErrors: { from: monday + hour, to: monday + hour } });
    const after = refreshFailed(before, new Failure('serverError', { status: 500 }), monday);
    assert.deepEqual(after.refreshErrors, { from: monday, to: monday });
  });

  it('does not follow from one error without another attempt', async () => {
    shared.http.next(answer(500));
    assert.equal(await codeOf(), 'serverError');
    await shared.clock.pass(5 * hour);
    const [session] = core.sessions.known;
    assert.ok(session !== undefined && !keepsFailing(session, shared.clock.now()));
    shared.http.next(answer(500));
    assert.equal(await codeOf(), 'refreshKeepsFailing', 'the second, after all that time');
  });

  it('counts only answers', () => {
    assert.ok(isAnswer(new Failure('timeout', { status: 408 })));
    assert.ok(!isAnswer(new Failure('timeout')));
    assert.ok(!isAnswer(new Failure('sessionsUnreadable')));
  });
});

describe('errors that are counted', () => {
  const first = withError(undefined, monday);

  it('begin with the first one, and are stored again only when they have lasted for an hour', () => {
    assert.deepEqual(first, { from: monday, to: monday });
    assert.equal(withError(first, monday), first);
    assert.equal(withError(first, monday + hour - 1), first);
    const long = withError(first, monday + hour);
    assert.deepEqual(long, { from: monday, to: monday + hour });
    assert.equal(withError(long, monday + 40 * hour), long);
  });

  it('begin again after twelve hours without one, and after the clock was set back', () => {
    assert.deepEqual(withError(first, monday + 12 * hour), { from: monday, to: monday + 12 * hour });
    const later = monday + 12 * hour + 1;
    assert.deepEqual(withError(first, later), { from: later, to: later });
    assert.deepEqual(withError(first, monday - 1), { from: monday - 1, to: monday - 1 });
  });

  it('make nobody sign in before the token has expired, nor a client, nor whoever has to sign in anyway', () => {
    const refreshErrors = { from: monday, to: monday + hour };
    const session = sampleSession({ refreshErrors });
    assert.equal(keepsFailing(session, monday + hour), true);
    assert.equal(keepsFailing(session, monday + hour - 1), false);
    assert.equal(keepsFailing({ ...session, renewal: 'clientAgain' }, monday + hour), false);
    assert.equal(keepsFailing({ ...session, state: 'signInAgain' }, monday + hour), false);
    assert.equal(
      keepsFailing({ ...session, refreshErrors: { from: monday, to: monday + hour - 1 } }, monday + hour),
      false,
    );
  });
});
