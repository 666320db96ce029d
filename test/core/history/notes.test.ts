import assert from 'node:assert/strict';
import { Failure } from '../../../src/core/base/failure';
import type { HistoryEntry } from '../../../src/core/history/entry';
import { whySignedOut } from '../../../src/core/history/whySignedOut';
import { Recorder } from '../../../src/core/history/recorder';
import { withoutRefreshToken } from '../../../src/core/model/tokens';
import { answer, pair } from '../../fakes/fakeHttp';
import { FakeClock, settle } from '../../fakes/fakeClock';
import { FakeHistory } from '../../fakes/fakeHistory';
import { Installation, type TestCore } from '../../fakes/installation';
import { preloaded } from '../../fakes/preloaded';
import { jane, sampleSession, sampleTokens } from '../../fakes/sampleSession';

const hour = 3_600_000;
const lostConnection = { kind: 'failure', code: 'unreachable' } as const;
const rejection = answer(400, { error: 'invalid_grant', error_description: 'Invalid refresh token: r0' });

describe('what is recorded of sessions', () => {
  let installation: Installation;
  let core: TestCore;
  beforeEach(() => {
    installation = new Installation().alone();
    core = installation.openCore();
  });

  const entries = async (): Promise<readonly HistoryEntry[]> => {
    await settle();
    await core.real.settled();
    return installation.history.entries;
  };
  const whats = async (): Promise<readonly string[]> => (await entries()).map(({ what }) => what);
  const refresh = async (): Promise<void> => {
    await installation.clock.pass(hour);
    await installation.clock.finish(core.sessions.fresh('jane').catch(() => undefined));
  };

  it('is each sign-in and sign-out, by the window that made it and by no other', async () => {
    const other = installation.openCore();
    await other.real.load();
    await core.holds();
    await core.sessions.signOut('jane', 'here');
    await other.store.reload();
    const found = await entries();
    assert.deepEqual(await whats(), ['signedIn', 'signedOut']);
    assert.deepEqual(
      found.map(({ session, account }) => [session, account]),
      Array.from({ length: 2 }, () => ['jane', 'jane@acme.com (auth.reltio.com)']),
    );
  });

  it('is one line for the first refresh, and none for those like it', async () => {
    await core.holds();
    for (const number of [1, 2, 3]) {
      installation.http.next(pair(`a${number}`, 'r0'));
      await refresh();
    }
    const refreshed = (await entries()).filter(({ what }) => what === 'refreshed');
    assert.equal(refreshed.length, 1);
    assert.equal(refreshed[0]?.rotates, false);
  });

  it('is the rejection of a refresh token with its age, and names the cause', async () => {
    const session = await core.holds();
    installation.http.next(rejection);
    await refresh();
    const last = (await entries()).at(-1);
    assert.equal(last?.what, 'refreshTokenRejected');
    assert.ok((last.age ?? 0) >= hour, String(last.age));
    const now = installation.clock.now();
    const stored = core.store.find(session.id);
    assert.equal(stored?.state, 'signInAgain');
    assert.equal(whySignedOut(installation.history.entries, stored, now)?.cause, 'unknown', 'after a long pause');
    const old = { ...last, age: 28 * 24 * hour };
    assert.equal(whySignedOut([old], stored, now)?.cause, 'expired');
  });

  it('is an answer that may be lost, once until the server answers again', async () => {
    await core.holds();
    for (let tried = 0; tried < 3; tried += 1) {
      installation.http.next(answer(503, {}));
      await refresh();
    }
    assert.deepEqual(await whats(), ['signedIn', 'noAnswer']);
    installation.http.next(pair('a1', 'r1'));
    await refresh();
    installation.http.next(answer(503, {}));
    await refresh();
    assert.deepEqual(await whats(), ['signedIn', 'noAnswer', 'refreshed', 'noAnswer']);
    assert.equal((await entries())[1]?.host, 'auth.reltio.com');
  });

  it('is a broken connection also after an answer of a proxy, because only that may have lost one', async () => {
    await core.holds();
    for (const failing of [answer(502, {}), lostConnection, answer(502, {}), lostConnection]) {
      installation.http.next(failing);
      await refresh();
    }
    assert.deepEqual(
      (await entries()).map(({ code }) => code),
      [undefined, 'serverError', 'unreachable'],
    );
  });

  it('does not take a pause with a failed request for one that the session survived', async () => {
    await core.holds();
    installation.http.next(answer(503, {}));
    await refresh();
    installation.http.next(pair('a1', 'r0'));
    await refresh();
    const refreshed = (await entries()).find(({ what }) => what === 'refreshed');
    assert.equal(refreshed?.idle, 0);
  });

  it('takes the last use for the one before the token was found to be invalid', async () => {
    const idleAfter = async (...uses: readonly number[]): Promise<number | undefined> => {
      const clock = new FakeClock();
      const history = new FakeHistory();
      const recorder = new Recorder(history, clock, preloaded);
      const before = sampleSession({ tokens: sampleTokens({ expiryKnownAt: clock.now() }) });
      const after = { ...before, state: 'signInAgain' as const, tokens: withoutRefreshToken(before.tokens) };
      for (const pause of uses) {
        await clock.pass(pause);
        recorder.used(before.id);
      }
      await clock.pass(1_000);
      recorder.listeners.onOwnChange?.({ added: [], removed: [], changed: [{ before, after }] });
      await recorder.settled();
      return history.entries[0]?.idle;
    };
    assert.equal(await idleAfter(60_000, hour), hour + 1_000, 'the use that showed it does not count');
    assert.equal(await idleAfter(hour, 30_000), hour + 31_000, 'nor does the one before, if both are one use');
    assert.equal(await idleAfter(hour, 90_000, 20_000), 111_000);
  });

  it('is nothing for what says nothing of the server', async () => {
    const session = await core.holds();
    const { Notes } = await import('../../../src/core/history/notes');
    const notes = new Notes();
    assert.deepEqual(notes.ofFailure(session, new Failure('lockBusy'), 1), []);
    assert.deepEqual(notes.ofFailure(session, new Failure('sessionsUnreadable'), 1), []);
    assert.equal(notes.ofFailure(session, new Failure('dns'), 1)[0]?.what, 'failed');
  });

  it('does not count as a lost answer what never reached the server', async () => {
    const { Notes } = await import('../../../src/core/history/notes');
    const what = (code: 'unreachable' | 'timeout', nodeCode: string): string | undefined =>
      new Notes().ofFailure(sampleSession(), new Failure(code, { nodeCode }), 1)[0]?.what;
    assert.equal(what('unreachable', 'ECONNREFUSED'), 'failed');
    assert.equal(what('timeout', 'UND_ERR_CONNECT_TIMEOUT'), 'failed');
    assert.equal(what('unreachable', 'ECONNRESET'), 'noAnswer');
    assert.equal(what('timeout', 'ETIMEDOUT'), 'noAnswer');
  });

  it('is a session that another of the same account replaced', async () => {
    await core.holds();
    await core.store.change((sessions) => sessions.map((session) => ({ ...session, id: 'again' })));
    assert.deepEqual(await whats(), ['signedIn', 'replaced', 'signedIn']);
  });

  it('has no part of a token', async () => {
    const tokens = sampleTokens({ accessToken: 'access-7f3a', refreshToken: 'refresh-7f3a' });
    await core.holds({ tokens, account: jane });
    installation.http.next(
      answer(401, { error: 'invalid_token', error_description: 'Invalid refresh token: refresh-7f3a' }),
    );
    await refresh();
    await core.sessions.signOut('jane', 'here');
    assert.ok((await entries()).length >= 3);
    assert.doesNotMatch(JSON.stringify(await entries()), /7f3a|secret/);
  });
});
