import assert from 'node:assert/strict';
import { accountLabel, refreshLock } from '../../../src/core/model/account';
import type { Failure, FailureCode } from '../../../src/core/base/failure';
import { refreshTokenGrant } from '../../../src/core/oauth/grants';
import type { Session } from '../../../src/core/model/session';
import { FileLock } from '../../../src/core/locking/fileLock';
import { monday, settle } from '../../fakes/fakeClock';
import { answer, badClient, invalidRefreshToken, expiredRefreshToken, pair, type Reply } from '../../fakes/fakeHttp';
import { jane, sampleSession, sampleSignIn, sampleTokens } from '../../fakes/sampleSession';
import { Installation, type TestCore } from '../../fakes/installation';

const minute = 60_000;
const hour = 60 * minute;
const reltioUi = { id: 'reltio_ui', secret: 'secret' };

describe('the refresh of a session', () => {
  let shared: Installation;
  let core: TestCore;
  beforeEach(async () => {
    shared = new Installation();
    core = shared.openCore();
    await core.holds();
    await shared.clock.pass(hour); // the token has just expired
  });

  const fresh = (id = 'jane', from = core): Promise<Session> => shared.clock.finish(from.sessions.fresh(id));
  const requests = () => shared.http.requests.length;
  /** The refresh tokens that were sent, in order. */
  const sent = () => shared.http.requests.map(({ form }) => form['refresh_token']);

  const codeOf = (work: Promise<unknown>): Promise<FailureCode> =>
    work.then(
      () => assert.fail('must fail'),
      (error: unknown) => (error as Failure).code,
    );
  const failureOf = (work: Promise<unknown>): Promise<FailureCode> => shared.clock.finish(codeOf(work));

  /** What another window, which refreshed the session itself, has written. */
  async function refreshElsewhere(changes: Parameters<typeof sampleTokens>[0] = {}): Promise<void> {
    const now = shared.clock.now();
    const tokens = sampleTokens({
      accessToken: 'a-other',
      refreshToken: 'r-other',
      accessTokenReceivedAt: now,
      accessTokenExpiresAt: now + hour,
      expiryKnownAt: now,
      refreshAgainAt: now + 2_000,
      ...changes,
    });
    const other = shared.openCore();
    await other.store.change((sessions) =>
      sessions.map((session) => (session.id === 'jane' ? { ...session, tokens } : session)),
    );
  }

  describe('when it succeeds', () => {
    it('sends the refresh token with the client of the session', async () => {
      shared.http.next(pair('a1', 'r1'));
      await fresh();
      assert.deepEqual(shared.http.requests[0]?.form, { grant_type: 'refresh_token', refresh_token: 'r0' });
      assert.equal(shared.http.requests[0].headers['authorization'], 'Basic cmVsdGlvX3VpOnNlY3JldA==');
      assert.equal(shared.http.requests[0].url, 'https://auth.reltio.com/oauth/token');
    });

    it('refreshes each session with its own client', async () => {
      const account = { ...jane, clientId: 'acme_dev' };
      await core.holds({ id: 'dev', account }, { id: 'acme_dev', secret: 'own' });
      shared.http.always = pair('a1', 'r1');
      await fresh('dev');
      assert.equal(
        shared.http.requests[0]?.headers['authorization'],
        `Basic ${Buffer.from('acme_dev:own').toString('base64')}`,
      );
    });

    it('keeps id and label, changes the tokens, and notifies of one change', async () => {
      shared.http.next(pair('a1', 'r1', 1800));
      const session = await fresh();
      assert.equal(session.id, 'jane');
      assert.equal(accountLabel(session.account), accountLabel(jane));
      assert.equal(session.signedInAt, monday);
      assert.deepEqual([session.tokens.accessToken, session.tokens.refreshToken], ['a1', 'r1']);
      assert.equal(session.tokens.accessTokenExpiresAt, monday + hour + 1_800_000);
      assert.equal(core.changes.length, 1);
      const [changes] = core.changes;
      assert.deepEqual([changes?.added, changes?.removed], [[], []]);
      assert.deepEqual(
        changes?.changed.map(({ before, after }) => [before.tokens.accessToken, after]),
        [['a0', session]],
      );
    });

    it('writes the returned refresh token before anybody gets the access token', async () => {
      core.secrets.takes = 500;
      shared.http.next(pair('a1', 'r1'));
      let wasReturned = false;
      const work = core.sessions.fresh('jane').then((session) => {
        wasReturned = true;
        assert.equal(core.stored()?.tokens.refreshToken, 'r1');
        return session;
      });
      await shared.clock.pass(499);
      assert.equal(requests(), 1);
      assert.ok(!wasReturned);
      assert.equal((await shared.clock.finish(work)).tokens.accessToken, 'a1');
    });

    it('keeps the refresh token when none is returned', async () => {
      shared.http.next(pair('a1', undefined), pair('a2', undefined));
      await fresh();
      assert.equal(core.stored()?.tokens.refreshToken, 'r0');
      await shared.clock.pass(hour);
      await fresh();
      assert.deepEqual(
        shared.http.requests.map(({ form }) => form['refresh_token']),
        ['r0', 'r0'],
      );
    });

    it('uses the rotated refresh token the next time', async () => {
      shared.http.next(pair('a1', 'r1'), pair('a2', 'r2'));
      await fresh();
      await shared.clock.pass(hour);
      await fresh();
      assert.deepEqual(
        shared.http.requests.map(({ form }) => form['refresh_token']),
        ['r0', 'r1'],
      );
    });

    it('hands the token out, and goes on with it, when the storage refuses to keep it', async () => {
      core.secrets.failing = 'store';
      shared.http.next(pair('a1', 'r1'), pair('a2', 'r2'));
      assert.equal((await fresh()).tokens.accessToken, 'a1');
      await shared.clock.pass(hour);
      core.secrets.failing = undefined;
      assert.equal((await fresh()).tokens.accessToken, 'a2');
      assert.equal(shared.http.requests[1]?.form['refresh_token'], 'r1');
      assert.equal(core.stored()?.tokens.refreshToken, 'r2');
    });

    it('loses no rotated refresh token when the secrets cannot be read just then, and writes it later', async () => {
      shared.http.next(() => {
        core.secrets.failing = 'get';
        return pair('a1', 'r1');
      });
      assert.equal((await fresh()).tokens.accessToken, 'a1');
      assert.equal(core.store.problem, 'storeNotWritten');
      assert.equal(core.stored()?.tokens.refreshToken, 'r0');
      core.secrets.failing = undefined;
      await shared.clock.pass(5_000);
      assert.equal(core.stored()?.tokens.refreshToken, 'r1');
      assert.equal(core.store.problem, undefined);
    });

    it('leaves a rotated pair that is not stored on the disk for the next window', async () => {
      core.secrets.failing = 'store'; // as when this window closes
      shared.http.next(pair('a1', 'r1'));
      await fresh();
      const next = shared.openCore();
      assert.equal((await fresh('jane', next)).tokens.accessToken, 'a1');
      assert.equal(requests(), 1);
      assert.equal(next.stored()?.tokens.refreshToken, 'r1');
      assert.equal(shared.journal.files.size, 0);
    });

    it('leaves there what came last, for the refresh token that is stored, however often it was rotated since', async () => {
      core.secrets.failing = 'store';
      shared.http.next(pair('a1', 'r1'), pair('a2', 'r2'), answer(503));
      await fresh();
      await shared.clock.pass(hour);
      await fresh();
      await shared.clock.pass(hour);
      assert.equal(await failureOf(fresh()), 'serverError');
      const next = shared.openCore();
      shared.http.next(pair('a3', 'r3'));
      assert.equal((await fresh('jane', next)).tokens.accessToken, 'a3');
      assert.equal(shared.http.requests.at(-1)?.form['refresh_token'], 'r2');
    });

    it('leaves it there until it is stored, also in a window that cannot store it either', async () => {
      await shared.journal.put('jane', 'r0', sampleTokens({ accessToken: 'a1', refreshToken: 'r1' }));
      core.secrets.failing = 'store';
      shared.http.next(answer(503));
      assert.equal(await failureOf(fresh()), 'serverError');
      assert.equal(core.sessions.known[0]?.tokens.refreshToken, 'r1');
      assert.equal(shared.journal.files.size, 1);
      core.secrets.failing = undefined;
      await shared.clock.pass(5_000);
      assert.equal(core.stored()?.tokens.refreshToken, 'r1');
    });

    it('leaves a rotated pair on the disk even after another window has stored something else', async () => {
      core.secrets.failing = 'store';
      shared.http.next(pair('a1', 'r1'), pair('a2', 'r2'));
      await fresh();
      const other = shared.openCore();
      await other.store.change((sessions) => [...sessions, sampleSession({ id: 'later' })]);
      await settle();
      assert.equal(core.sessions.known.length, other.sessions.known.length);
      await shared.clock.pass(hour);
      await fresh();
      const next = shared.openCore();
      assert.equal((await fresh('jane', next)).tokens.accessToken, 'a2');
      assert.deepEqual(sent(), ['r0', 'r1']);
    });

    it('leaves nothing on the disk when the stored refresh token is still valid', async () => {
      core.secrets.failing = 'store';
      shared.http.next(pair('a1', 'r0'));
      await fresh();
      assert.equal(shared.journal.files.size, 0);
    });

    it('pays no heed to what was left for a refresh token that has been replaced since', async () => {
      await shared.journal.put('jane', 'r-older', sampleTokens({ accessToken: 'a-older', refreshToken: 'r-old' }));
      shared.http.next(pair('a1', 'r1'));
      assert.equal((await fresh()).tokens.accessToken, 'a1');
      assert.equal(shared.http.requests[0]?.form['refresh_token'], 'r0');
      assert.equal(shared.journal.files.size, 0);
    });

    describe('while what a closing window left cannot be read', () => {
      const left = sampleTokens({ accessToken: 'a1', refreshToken: 'r1', accessTokenExpiresAt: monday + 3 * hour });
      beforeEach(async () => {
        await shared.journal.put('jane', 'r0', left);
        shared.journal.unreadable = true;
      });

      it('sends no spent refresh token, and uses the journal entry once it can be read', async () => {
        assert.equal(await failureOf(fresh()), 'journalUnreadable');
        assert.deepEqual([requests(), shared.journal.files.size], [0, 1]);
        assert.deepEqual(core.stored(), { ...sampleSession() });
        shared.journal.unreadable = false;
        await shared.clock.pass(2_000);
        assert.equal((await fresh()).tokens.accessToken, 'a1');
        assert.deepEqual([requests(), shared.journal.files.size], [0, 0]);
        assert.equal(core.stored()?.tokens.refreshToken, 'r1');
      });

      it('tries the stored refresh token after a minute, and does not give it up when it is refused', async () => {
        shared.http.always = () => invalidRefreshToken();
        assert.equal(await failureOf(fresh()), 'journalUnreadable');
        await shared.clock.pass(minute);
        await assert.rejects(fresh(), { code: 'journalUnreadable', nodeCode: 'EMFILE', status: 400 });
        assert.equal(shared.http.requests[0]?.form['refresh_token'], 'r0');
        assert.deepEqual([core.stored()?.state, core.stored()?.tokens.refreshToken], ['signedIn', 'r0']);
        shared.journal.unreadable = false;
        await shared.clock.pass(minute);
        assert.equal((await fresh()).tokens.refreshToken, 'r1');
      });

      it('uses the stored refresh token after a minute, if the server accepts it', async () => {
        assert.equal(await failureOf(fresh()), 'journalUnreadable');
        await shared.clock.pass(minute);
        shared.http.next(pair('a2', 'r2'));
        assert.equal((await fresh()).tokens.refreshToken, 'r2');
        assert.equal(shared.journal.files.size, 0, 'and no window finds it again');
      });

      it('says of a refusal that it could not be stored, not that the server answered', async () => {
        shared.journal.unreadable = false;
        shared.http.next(() => {
          const { find } = shared.journal;
          shared.journal.find = async (...asked) => {
            shared.secrets.put('sessions', '{"version":99}'); // another window, which was updated
            return await find.apply(shared.journal, asked);
          };
          return invalidRefreshToken();
        });
        await shared.journal.remove('jane');
        await assert.rejects(fresh(), { code: 'storeNewer', status: undefined });
      });

      it('offers to sign in again after an hour of refusals, and keeps the session until then', async () => {
        shared.http.always = () => invalidRefreshToken();
        const codes = new Set<string>();
        for (let passed = 0; passed <= 62; passed += 1) {
          codes.add(await failureOf(fresh()));
          await shared.clock.pass(minute);
        }
        assert.deepEqual([...codes], ['journalUnreadable', 'refreshKeepsFailing']);
        assert.deepEqual([core.stored()?.state, core.stored()?.tokens.refreshToken], ['signedIn', 'r0']);
        shared.journal.unreadable = false;
        await shared.clock.pass(minute);
        assert.equal((await fresh()).tokens.refreshToken, 'r1');
      });

      it('holds it against no other session', async () => {
        await core.holds({ id: 'omar', account: { ...jane, user: 'omar@acme.com' } });
        assert.equal(await failureOf(fresh()), 'journalUnreadable');
        shared.http.next(pair('a2', 'r2'));
        assert.equal((await fresh('omar')).tokens.refreshToken, 'r2');
      });

      it('lets the user sign out, and nothing stays', async () => {
        const outcome = await shared.clock.finish(core.sessions.signOut('jane', 'here'));
        assert.deepEqual(outcome, { session: sampleSession(), atReltio: 'notAsked' });
        assert.equal(shared.journal.files.size, 0);
      });
    });

    it('drops no refresh token whose successor a closing window left while the rejection was on its way', async () => {
      shared.http.next(() => {
        const tokens = { accessToken: 'a1', refreshToken: 'r1', accessTokenExpiresAt: monday + 3 * hour };
        void shared.journal.put('jane', 'r0', sampleTokens(tokens));
        return invalidRefreshToken();
      });
      assert.equal((await fresh()).tokens.accessToken, 'a1');
      assert.deepEqual([requests(), core.stored()?.tokens.refreshToken], [1, 'r1']);
    });

    it('uses what was left for one session while it cannot store a change of another', async () => {
      await core.holds({ id: 'omar', account: { ...jane, user: 'omar@acme.com' } });
      core.secrets.failing = 'store';
      shared.http.next(pair('a9', 'r9'));
      await fresh('omar');
      const left = sampleTokens({ accessToken: 'a1', refreshToken: 'r1', accessTokenExpiresAt: monday + 3 * hour });
      await shared.journal.put('jane', 'r0', left);
      assert.equal((await fresh()).tokens.accessToken, 'a1');
      assert.equal(requests(), 1);
    });

    it('takes a session that the client was rejected for back to normal', async () => {
      shared.http.next(badClient, pair('a1', 'r1'));
      await failureOf(core.sessions.fresh('jane'));
      await settle();
      assert.equal(core.store.find('jane')?.state, 'clientRejected');
      await shared.clock.pass(minute);
      assert.equal((await fresh()).state, 'signedIn');
    });
  });

  describe('when the token that comes has expired', () => {
    const lifeless: Record<string, () => Reply> = {
      'the token that has just expired, in its last second': () => pair('a0', 'r0', 0),
      'a new token with 0 seconds': () => pair('a1', 'r1', 0),
      'a negative number of seconds': () => pair('a0', 'r0', -3),
    };
    for (const [what, reply] of Object.entries(lifeless)) {
      it(`asks once more in the same call: ${what}`, async () => {
        shared.http.next(reply(), pair('a2', 'r2'));
        assert.equal((await fresh()).tokens.accessToken, 'a2');
        assert.deepEqual(shared.http.times, [0, 1_500]);
        assert.equal(core.stored()?.tokens.refreshToken, 'r2');
      });

      it(`requests a token again at the next call when that did not help: ${what}`, async () => {
        shared.http.next(reply(), reply(), pair('a2', 'r2'));
        await assert.rejects(fresh(), { code: 'tokenUnchanged', host: 'auth.reltio.com' });
        await shared.clock.pass(1_000);
        assert.equal((await fresh()).tokens.accessToken, 'a2');
      });

      it(`asks again for a caller who waited less: ${what}`, async () => {
        shared.http.next(reply(), pair('a2', 'r2'));
        assert.equal(await failureOf(core.sessions.fresh('jane', 1_000)), 'timeout');
        await shared.clock.pass(1_000);
        assert.equal((await fresh()).tokens.accessToken, 'a2');
      });
    }

    it('requests once more when the token expired while its answer was on the way', async () => {
      shared.http.takes = 3_000;
      shared.http.next(pair('a1', 'r1', 2), pair('a2', 'r2'));
      assert.equal((await fresh()).tokens.accessToken, 'a2');
    });

    it('requests once more when a full hour was stated in an answer that crossed the expiry', async () => {
      const expiresAt = shared.clock.now() + 1_000;
      await core.holds({ id: 'crossing', tokens: sampleTokens({ accessTokenExpiresAt: expiresAt }) });
      shared.http.takes = 2_000;
      shared.http.next(pair('a0', 'r0', 3600), pair('a0', 'r0', 3600));
      const session = await fresh('crossing');
      assert.ok(session.tokens.accessTokenExpiresAt > shared.clock.now() + 3_500_000);
    });

    it('does not request once more when no caller is waiting', async () => {
      shared.http.takes = 8_000;
      shared.http.next(pair('a0', 'r0', 0), pair('a2', 'r2'));
      assert.equal(await failureOf(core.sessions.fresh('jane')), 'tokenUnchanged');
      await shared.clock.pass(minute);
      assert.equal(requests(), 1);
    });

    it('asks no more for a session that is signed out in the pause', async () => {
      shared.http.next(pair('a0', 'r0', 0));
      const work = codeOf(core.sessions.fresh('jane'));
      await shared.clock.pass(500);
      await core.sessions.signOut('jane', 'here');
      assert.equal(await shared.clock.finish(work), 'signedOut');
      assert.equal(requests(), 1);
    });

    it('makes no pause of the time by which the clock was set back', async () => {
      shared.http.next(pair('a0', 'r0', 0), pair('a0', 'r0', 0), pair('a1', 'r1'));
      assert.equal(await failureOf(core.sessions.fresh('jane')), 'tokenUnchanged');
      shared.clock.set(shared.clock.now() - hour);
      core.sessions.fresh('jane').catch(() => undefined);
      await shared.clock.pass(1_000);
      assert.equal(core.stored()?.tokens.accessToken, 'a1');
    });

    it('has no token to give while another window gets one after another that has expired', async () => {
      const other = shared.openCore();
      await other.sessions.list();
      let count = 0;
      const receive = () => {
        const now = shared.clock.now();
        const tokens = {
          ...sampleTokens({ accessToken: `a${++count}` }),
          accessTokenExpiresAt: now,
          expiryKnownAt: now,
        };
        void other.alter('jane', { tokens });
        shared.clock.after(1_000, receive);
      };
      receive();
      await settle();
      await assert.rejects(fresh(), { code: 'tokenUnchanged', host: 'auth.reltio.com' });
      assert.equal(requests(), 0);
    });

    it('gives none away that expires while the lock is released', async () => {
      shared.http.next(pair('a1', 'r1', 2));
      shared.lockFolder.before = async (call, name) => {
        if (call === 'touch' && name.startsWith('refresh-') && requests() > 0)
          await new Promise<void>((resolve) => shared.clock.after(3_000, resolve));
      };
      await assert.rejects(fresh(), { code: 'tokenUnchanged', host: 'auth.reltio.com' });
    });

    it('uses what another window got in the pause', async () => {
      shared.http.next(pair('a0', 'r0', 0));
      const work = core.sessions.fresh('jane');
      await shared.clock.pass(500);
      await refreshElsewhere();
      assert.equal((await shared.clock.finish(work)).tokens.accessToken, 'a-other');
      assert.equal(requests(), 1);
    });

    it('makes two requests for all windows together', async () => {
      const cores = Array.from({ length: 12 }, () => shared.openCore());
      await Promise.all(cores.map((one) => one.sessions.list()));
      shared.http.takes = 50;
      const expiresAt = shared.clock.now();
      shared.http.always = () => (shared.clock.now() < expiresAt + 1_000 ? pair('a0', 'r0', 0) : pair('a1', 'r1'));
      const all = await shared.clock.finish(Promise.all(cores.map((one) => one.sessions.fresh('jane', 5_000))));
      assert.deepEqual([...new Set(all.map(({ tokens }) => tokens.accessToken))], ['a1']);
      assert.equal(requests(), 2);
    });

    it('asks a slow server again at once: it has had the time', async () => {
      shared.http.takes = 2_000;
      const expiresAt = shared.clock.now();
      shared.http.always = () => (shared.clock.now() < expiresAt + 1_000 ? pair('a0', 'r0', 0) : pair('a1', 'r1'));
      const refused: number[] = [];
      for (let second = 0; second < 8; second += 1) {
        core.sessions.fresh('jane', 5_000).catch(() => refused.push(second));
        await shared.clock.pass(1_000);
      }
      assert.deepEqual([refused, shared.http.times], [[], [0, 2_000]]);
    });

    it('lets who joins the second attempt wait for that', async () => {
      shared.http.takes = 3_000;
      const expiresAt = shared.clock.now();
      shared.http.always = () => (shared.clock.now() < expiresAt + 1_000 ? pair('a0', 'r0', 0) : pair('a1', 'r1'));
      const refused: number[] = [];
      for (let second = 0; second < 10; second += 1) {
        core.sessions.fresh('jane', 5_000).catch(() => refused.push(second));
        await shared.clock.pass(1_000);
      }
      assert.deepEqual(refused, [0, 1, 2], 'five seconds after the first request');
    });

    for (const lag of [2, 5, 10, 20]) {
      it(`fails no caller for more than two seconds longer than the server needs: ${lag} s`, async () => {
        const expiresAt = shared.clock.now();
        shared.http.always = () =>
          shared.clock.now() < expiresAt + lag * 1_000 ? pair('a0', 'r0', 0) : pair('a1', 'r1');
        const refused: number[] = [];
        for (let second = 0; second < lag + 10; second += 1) {
          core.sessions.fresh('jane', 5_000).catch(() => refused.push(second));
          await shared.clock.pass(1_000);
        }
        assert.ok(Math.max(0, ...refused) <= lag + 1, `refused in second ${refused.at(-1)}`);
      });
    }

    it('fails no caller for longer than the server needs, with a caller every second', async () => {
      const expiresAt = shared.clock.now();
      shared.http.always = () => (shared.clock.now() < expiresAt + 1_000 ? pair('a0', 'r0', 0) : pair('a1', 'r1'));
      const refused: number[] = [];
      for (let second = 0; second < 90; second += 1) {
        core.sessions.fresh('jane', 5_000).catch(() => refused.push(second));
        await shared.clock.pass(1_000);
      }
      assert.deepEqual(refused, []);
    });

    it('fails no caller right after a sign-in', async () => {
      const session = await core.sessions.add({
        kind: 'signedIn',
        account: jane,
        method: { kind: 'password' },
        answer: {
          kind: 'granted',
          accessToken: 'a0',
          refreshToken: 'r0',
          expiresIn: 0,
          expiryIsEstimate: false,
          scopes: undefined,
        },
        startedAt: shared.clock.now(),
      });
      shared.http.next(pair('a0', 'r0', 0), pair('a1', 'r1'));
      assert.equal((await fresh(session.id)).tokens.accessToken, 'a1');
    });
  });

  describe('when another window was faster', () => {
    it('takes its token and sends nothing', async () => {
      await refreshElsewhere();
      assert.equal((await fresh()).tokens.accessToken, 'a-other');
      assert.equal(requests(), 0);
    });

    it('uses its token even when the write arrives late', async () => {
      shared.secrets.arrivesAfter = 400;
      await refreshElsewhere();
      assert.equal((await fresh()).tokens.accessToken, 'a-other');
      assert.equal(requests(), 0);
    });

    it('takes its token also when that has less than a minute left from the start', async () => {
      await refreshElsewhere({ accessTokenExpiresAt: shared.clock.now() + 40_000 });
      assert.equal((await fresh()).tokens.accessToken, 'a-other');
      assert.equal(requests(), 0);
    });

    it('does not ask again for the same token that the other got again', async () => {
      const now = shared.clock.now();
      shared.secrets.arrivesAfter = 400; // this window does not know yet
      await refreshElsewhere({
        accessToken: 'a0',
        refreshToken: 'r0',
        accessTokenExpiresAt: now + 30_000,
        refreshAgainAt: now + minute,
      });
      assert.equal((await fresh()).tokens.accessTokenExpiresAt, now + 30_000);
      assert.equal(requests(), 0);
    });

    it('does not take a token that has expired meanwhile', async () => {
      const now = shared.clock.now();
      await refreshElsewhere({
        accessTokenExpiresAt: now - 1,
        expiryKnownAt: now - hour,
        refreshAgainAt: now - hour + 2_000,
      });
      shared.http.next(pair('a1', 'r1'));
      assert.equal((await fresh()).tokens.accessToken, 'a1');
      assert.equal(shared.http.requests[0]?.form['refresh_token'], 'r-other');
    });

    it('still asks when the user wants a refresh and nothing is newer', async () => {
      shared.http.next(pair('a1', 'r1'), pair('a2', 'r2'));
      await fresh();
      const { session, isNewToken } = await shared.clock.finish(core.sessions.refreshNow('jane'));
      assert.deepEqual([session.tokens.accessToken, isNewToken], ['a2', true]);
    });
  });

  describe('when another window takes the lock before the request is sent', () => {
    /** What every window but this one does: it takes the lock, and stores what it was given. */
    async function takeOver(tokens: Parameters<typeof sampleTokens>[0] = {}): Promise<void> {
      shared.lockFolder.files.set(`${refreshLock(jane)}.2`, shared.clock.now());
      await refreshElsewhere(tokens);
    }

    async function usePace(): Promise<void> {
      shared.http.always = answer(500);
      const client = { id: 'other', secret: 'secret' };
      const others = Array.from({ length: 5 }, () =>
        core.calls.request('https://dev-auth.reltio.com', client, refreshTokenGrant('other')),
      );
      await Promise.allSettled(others);
      shared.http.requests.length = 0;
    }

    for (const [when, before, sentBefore] of [
      ['during the pace', usePace, []],
      [
        'during the wait for a replay',
        () => {
          shared.http.next(answer(429, '', { 'retry-after': '2' }));
        },
        ['r0'],
      ],
    ] as const) {
      it(`${when}: sends nothing, reads again, and uses the token of that window`, async () => {
        await before();
        const work = core.sessions.fresh('jane');
        shared.clock.after(500, () => void takeOver());
        assert.equal((await shared.clock.finish(work)).tokens.accessToken, 'a-other');
        assert.deepEqual(sent(), sentBefore);
      });

      it(`${when}: sends nothing, reads again, and sends the refresh token of that window`, async () => {
        await before();
        const work = core.sessions.fresh('jane');
        shared.clock.after(500, () => void takeOver({ accessTokenExpiresAt: shared.clock.now() }));
        shared.clock.after(3_000, () => {
          shared.http.next(pair('a1', 'r1'));
        });
        assert.equal((await shared.clock.finish(work)).tokens.accessToken, 'a1');
        assert.deepEqual(sent(), [...sentBefore, 'r-other']);
      });
    }

    it('begins three times at most, and holds it against no server', async () => {
      core.calls.request = async (_server, _client, _grant, { beforeSending } = {}) => {
        const [last = ''] = [...shared.lockFolder.files.keys()]
          .filter((name) => name.startsWith('refresh-'))
          .toReversed();
        shared.lockFolder.files.set(
          last.replace(/\d+$/, (number) => String(Number(number) + 1)),
          0,
        ); // taken, and given back
        await beforeSending?.();
        return assert.fail('was sent');
      };
      await assert.rejects(fresh(), { code: 'lockBusy', host: 'auth.reltio.com' });
      assert.equal(core.stored()?.tokens.refreshToken, 'r0');
      assert.equal([...shared.lockFolder.files.keys()].filter((name) => name.startsWith('refresh-')).length, 6);
    });
  });

  describe('when the refresh token is rejected for good', () => {
    for (const [what, reply] of Object.entries({
      '400 invalid_grant': invalidRefreshToken(),
      '401 invalid_token': answer(401, { error: 'invalid_token' }),
      '401 "Invalid refresh token"': expiredRefreshToken(),
    })) {
      it(`gives it up and asks to sign in again: ${what}`, async () => {
        shared.http.next(reply);
        const asked = core.store.find('jane') ?? assert.fail('is signed in');
        const refreshing = core.refresher.refresh(asked).session;
        await assert.rejects(shared.clock.finish(refreshing), { code: 'signInAgain', host: 'auth.reltio.com' });
        const session = core.stored();
        assert.equal(session?.state, 'signInAgain');
        assert.ok(!('refreshToken' in session.tokens));
        assert.equal(core.changes.length, 1);
        assert.deepEqual(core.changes[0]?.removed, []);
      });
    }

    it('asks the server no more, until the user signs in again', async () => {
      shared.http.next(invalidRefreshToken());
      await failureOf(core.sessions.fresh('jane'));
      for (let call = 0; call < 5; call += 1) {
        assert.equal(await failureOf(core.sessions.fresh('jane')), 'signInAgain');
        assert.equal(await failureOf(core.sessions.refreshNow('jane')), 'signInAgain');
        await shared.clock.pass(minute);
      }
      assert.equal(requests(), 1);
    });

    it('still returns the access token while it is valid', async () => {
      const expiresAt = shared.clock.now() + 30_000;
      await core.holds({ id: 'short', tokens: sampleTokens({ accessTokenExpiresAt: expiresAt }) });
      shared.http.next(invalidRefreshToken());
      assert.equal((await fresh('short')).tokens.accessToken, 'a0');
      assert.equal(core.stored('short')?.state, 'signInAgain');
      await shared.clock.pass(30_000);
      assert.equal(await failureOf(core.sessions.fresh('short')), 'signInAgain');
    });

    it('does not keep other sessions at that server waiting', async () => {
      await core.holds({ id: 'omar', account: { ...jane, user: 'omar@acme.com' }, tokens: sampleTokens() });
      shared.http.next(invalidRefreshToken(), pair('a1', 'r1'));
      await failureOf(core.sessions.fresh('jane'));
      assert.equal((await fresh('omar')).tokens.accessToken, 'a1');
    });

    it('but another window stored a newer pair meanwhile: takes that one', async () => {
      for (const late of [0, 300]) {
        shared = new Installation();
        core = shared.openCore();
        await core.holds();
        await shared.clock.pass(hour);
        shared.secrets.arrivesAfter = late;
        shared.http.next(() => {
          void refreshElsewhere();
          return invalidRefreshToken();
        });
        const { session } = await shared.clock.finish(core.sessions.refreshNow('jane'));
        assert.equal(session.tokens.accessToken, 'a-other', `arriving after ${late} ms`);
        assert.equal(session.state, 'signedIn');
        await shared.clock.pass(2_000);
        assert.equal(core.stored()?.tokens.refreshToken, 'r-other');
        assert.equal(requests(), 1);
      }
    });

    it('but another window has taken the lock meanwhile: waits for what that one stores', async () => {
      shared.http.next(() => {
        shared.lockFolder.files.set(`${refreshLock(jane)}.2`, shared.clock.now());
        shared.clock.after(1_000, () => void refreshElsewhere());
        return invalidRefreshToken();
      });
      const session = await fresh();
      assert.deepEqual([session.tokens.accessToken, session.state], ['a-other', 'signedIn']);
      assert.deepEqual(sent(), ['r0']);
    });

    it('but another window stored a newer refresh token meanwhile: tries that one once', async () => {
      const now = shared.clock.now();
      shared.http.next(
        () => {
          void refreshElsewhere({
            accessTokenExpiresAt: now - 1,
            expiryKnownAt: now - hour,
            refreshAgainAt: now - hour,
          });
          return invalidRefreshToken();
        },
        pair('a2', 'r2'),
      );
      assert.equal((await fresh()).tokens.accessToken, 'a2');
      assert.deepEqual(
        shared.http.requests.map(({ form }) => form['refresh_token']),
        ['r0', 'r-other'],
      );
    });

    it('and the newer one is rejected for good too: drops it, and keeps no other session waiting', async () => {
      await core.holds({ id: 'omar', account: { ...jane, user: 'omar@acme.com' }, tokens: sampleTokens() });
      const now = shared.clock.now();
      shared.http.next(
        () => {
          void refreshElsewhere({
            accessTokenExpiresAt: now - 1,
            expiryKnownAt: now - hour,
            refreshAgainAt: now - hour,
          });
          return invalidRefreshToken();
        },
        invalidRefreshToken(),
        pair('a2', 'r2'),
      );
      assert.equal(await failureOf(core.sessions.fresh('jane')), 'signInAgain');
      assert.equal(core.stored()?.state, 'signInAgain');
      assert.equal(requests(), 2);
      assert.equal((await fresh('omar')).tokens.accessToken, 'a2');
    });
  });

  describe('during an outage', () => {
    const outages: Record<string, readonly [Reply, FailureCode]> = {
      'no network': [{ kind: 'failure', code: 'unreachable', nodeCode: 'ENETUNREACH' }, 'unreachable'],
      'no such host': [{ kind: 'failure', code: 'dns', nodeCode: 'ENOTFOUND' }, 'dns'],
      'a bad certificate': [{ kind: 'failure', code: 'tls', nodeCode: 'CERT_HAS_EXPIRED' }, 'tls'],
      'a proxy': [{ kind: 'failure', code: 'proxy' }, 'proxy'],
      'a body too large': [{ kind: 'failure', code: 'tooLarge' }, 'tooLarge'],
      'a host no longer trusted': [{ kind: 'failure', code: 'untrustedHost' }, 'untrustedHost'],
      'a hang': ['hang', 'timeout'],
      'a captive portal': [answer(200, '<html>Hotel Wi-Fi</html>'), 'notReltio'],
      'a captive portal with 400': [answer(400, '<html>invalid_grant</html>'), 'notReltio'],
      'a captive portal with 401': [answer(401, '<html>Invalid refresh token</html>'), 'notReltio'],
      'an empty 200': [answer(200), 'notReltio'],
      'broken JSON': [answer(200, '{"access_token":"a'), 'notReltio'],
      'JSON without a token': [answer(200, {}), 'badAnswer'],
      'a state token': [answer(200, { state_token: { token: 't' }, expires_in: 600 }), 'badAnswer'],
      'a redirect': [answer(307, '', { location: 'https://evil.example' }), 'redirected'],
      'a 400 of another kind': [answer(400, { error: 'invalid_request' }), 'requestRefused'],
      'a 400 with invalid_token': [answer(400, { error: 'invalid_token' }), 'requestRefused'],
      'a 401 with invalid_grant': [answer(401, { error: 'invalid_grant' }), 'requestRefused'],
      'a rejected client': [badClient, 'clientRejected'],
      'a client that may not refresh': [answer(400, { error: 'unauthorized_client' }), 'grantNotAllowed'],
      'a 403': [answer(403, { error: 'access_denied' }), 'forbidden'],
      'a 403 with invalid_grant': [answer(403, { error: 'invalid_grant' }), 'forbidden'],
      'a 404': [answer(404), 'noTokenEndpoint'],
      'a 429 with a long wait': [answer(429, '', { 'retry-after': '30' }), 'rateLimited'],
      'a 500 with invalid_grant': [answer(500, { error: 'invalid_grant' }), 'serverError'],
      'a 503': [answer(503, { errorCode: 2001 }), 'serverError'],
    };
    for (const [what, [reply, code]] of Object.entries(outages)) {
      it(`${what}: keeps everything, returns no expired token, and works when it is over`, async () => {
        shared.http.next(reply);
        assert.equal(await failureOf(core.sessions.fresh('jane')), code);
        await settle();
        const stored = core.stored();
        assert.deepEqual(stored?.tokens, sampleTokens());
        assert.equal(stored.state, code === 'clientRejected' ? 'clientRejected' : 'signedIn');
        assert.ok(core.changes.every(({ added, removed }) => added.length + removed.length === 0));
        shared.http.next(pair('a1', 'r1'));
        await shared.clock.pass(minute);
        assert.equal((await fresh()).tokens.accessToken, 'a1');
      });

      it(`${what}: returns a token that is still valid`, async () => {
        const tokens = sampleTokens({ accessTokenExpiresAt: shared.clock.now() + 45_000 });
        await core.holds({ id: 'valid', tokens });
        shared.http.next(reply);
        assert.equal((await fresh('valid')).tokens.accessToken, 'a0');
        assert.equal(requests(), 1);
      });
    }

    for (const [what, reply] of [
      ['the client', badClient],
      ['everything', answer(500)],
    ] as const) {
      it(`leaves the session as it is if the server rejected ${what} while it granted another window new tokens`, async () => {
        const elsewhere: Promise<void>[] = [];
        shared.http.next(() => {
          elsewhere.push(refreshElsewhere());
          return reply;
        });
        await failureOf(core.sessions.fresh('jane'));
        await shared.clock.finish(Promise.all(elsewhere));
        await shared.clock.pass(5_000);
        const stored = core.stored();
        assert.deepEqual([stored?.tokens.accessToken, stored?.state], ['a-other', 'signedIn']);
        assert.equal(stored?.refreshErrors, undefined);
        assert.equal((await fresh()).tokens.accessToken, 'a-other');
      });
    }

    it('shows a rejected client as the state of the session, once, and keeps the session', async () => {
      shared.http.always = badClient;
      for (let call = 0; call < 3; call += 1) {
        assert.equal(await failureOf(core.sessions.fresh('jane')), 'clientRejected');
        await shared.clock.pass(minute);
      }
      assert.equal(requests(), 3);
      assert.equal(core.changes.length, 1);
      assert.equal(core.changes[0]?.changed[0]?.after.state, 'clientRejected');
      assert.equal(core.stored()?.tokens.refreshToken, 'r0');
    });

    it('sends nothing when the client secret is not known', async () => {
      await core.holds({ id: 'lost', account: { ...jane, clientId: 'unknown' } }, { id: 'acme_dev', secret: 'x' });
      await assert.rejects(fresh('lost'), { code: 'clientUnknown', host: 'auth.reltio.com' });
      assert.equal(requests(), 0);
      assert.equal(core.stored('lost')?.tokens.refreshToken, 'r0');
    });

    it('also sends nothing when a newer version has written since this window could not', async () => {
      core.secrets.failing = 'store';
      shared.http.next(pair('a1', 'r1'));
      await fresh();
      await shared.clock.pass(hour);
      core.secrets.failing = undefined;
      shared.secrets.put('sessions', '{"version":99}');
      assert.equal(await failureOf(core.sessions.fresh('jane')), 'storeNewer');
      assert.equal(requests(), 1);
    });

    it('sends nothing, so loses no rotated token, when the store belongs to a newer version', async () => {
      shared.secrets.values.set('sessions', '{"version":99}');
      assert.equal(await failureOf(core.sessions.fresh('jane')), 'storeNewer');
      assert.equal(requests(), 0);
    });

    const account: Record<string, readonly [Reply, FailureCode]> = {
      'a disabled user': [
        answer(401, { error: 'unauthorized', error_description: 'User is disabled' }),
        'accountLocked',
      ],
      'a locked account': [
        answer(400, { error: 'invalid_grant', error_description: 'User account is locked' }),
        'accountLocked',
      ],
      'an expired password': [
        answer(401, { error: 'unauthorized', error_description: 'User credentials have expired' }),
        'passwordExpired',
      ],
    };
    for (const [what, [reply, code]] of Object.entries(account)) {
      it(`${what}: keeps the session, blames no client, and affects no other account`, async () => {
        const account = { ...jane, user: 'omar@acme.com' };
        await core.holds({ id: 'omar', account, tokens: sampleTokens({ refreshToken: 'r-omar' }) });
        shared.http.next(reply, pair('a9', 'r9'));
        assert.equal(await failureOf(core.sessions.fresh('jane')), code);
        assert.equal((await fresh('omar')).tokens.accessToken, 'a9');
        assert.equal(core.stored()?.state, 'signedIn');
        assert.equal(core.stored()?.tokens.refreshToken, 'r0');
      });

      it(`${what}: shows that the server accepts the client`, async () => {
        shared.http.next(badClient, reply);
        assert.equal(await failureOf(core.sessions.fresh('jane')), 'clientRejected');
        await shared.clock.pass(minute);
        assert.equal(core.stored()?.state, 'clientRejected');
        assert.equal(await failureOf(core.sessions.fresh('jane')), code);
        await settle();
        assert.equal(core.stored()?.state, 'signedIn');
      });
    }

    it('forgets it when the refresh token is rejected for good: the server answers', async () => {
      shared.http.next(answer(503), invalidRefreshToken());
      assert.equal(await failureOf(fresh()), 'serverError');
      await shared.clock.pass(1_000);
      assert.equal(await failureOf(fresh()), 'signInAgain');
      const [session] = core.sessions.known;
      assert.ok(session !== undefined);
      assert.equal(core.sessions.activity(session).outage, undefined);
    });

    it('of one session, in JSON that is no token, does not block another', async () => {
      await core.holds({ id: 'omar', account: { ...jane, user: 'omar@acme.com' } });
      await shared.clock.pass(hour);
      shared.http.next(answer(200, { state_token: 'x' }), pair('a1', 'r1'));
      await assert.rejects(fresh(), { code: 'badAnswer', host: 'auth.reltio.com' });
      assert.equal((await fresh('omar')).tokens.accessToken, 'a1');
    });

    it('that brings new tokens that have expired is asked again every second and a half, and loses no rotated token', async () => {
      let count = 0;
      shared.http.always = () => pair(`a${++count}`, `r${count}`, 0);
      for (let second = 0; second < 12; second += 1) {
        await failureOf(core.sessions.fresh('jane'));
        await shared.clock.pass(1_000);
      }
      assert.deepEqual(shared.http.times.slice(0, 6), [0, 1_500, 3_000, 4_500, 6_000, 7_500]);
      assert.equal(core.stored()?.tokens.refreshToken, `r${count}`);
    });

    it('lets other windows refresh when the keyring of one never answers', async () => {
      const other = shared.openCore();
      await other.sessions.list();
      core.secrets.failing = 'hang';
      const stuck = failureOf(fresh());
      await shared.clock.pass(1_000);
      shared.http.next(pair('a1', 'r1'));
      assert.equal((await fresh('jane', other)).tokens.accessToken, 'a1');
      assert.equal(await stuck, 'sessionsUnreadable');
    });

    it('refreshes a minute later even if another window never releases the lock, and blames no server', async () => {
      const other = new FileLock(shared.lockFolder, shared.clock, core.random, shared.log);
      const held = await shared.clock.finish(other.acquire(refreshLock(jane), 60_000));
      assert.equal(await failureOf(fresh()), 'lockBusy');
      assert.equal(requests(), 0);
      shared.http.next(pair('a1', 'r1'));
      await shared.clock.pass(minute);
      assert.equal(core.stored()?.tokens.refreshToken, 'r1');
      assert.equal(await held.isHeld(), false);
    });

    it('refreshes whatever else is in the lock folder', async () => {
      const lock = refreshLock(jane);
      for (const name of [`${lock}.9007199254740991`, `${lock}.1e15`, 'document.0x10', 'document. 7']) {
        shared.lockFolder.files.set(name, 0);
      }
      [`${lock}.7`, 'document.8'].forEach((name) => shared.lockFolder.stuck.add(name));
      shared.http.next(pair('a1', 'r1'));
      assert.equal((await fresh()).tokens.accessToken, 'a1');
      assert.equal(core.stored()?.tokens.refreshToken, 'r1');
    });

    it('blames the secret storage when its write takes too long, not the server that has answered', async () => {
      core.secrets.takes = 30_000;
      shared.http.next(pair('a1', 'r1'));
      assert.equal(await failureOf(fresh()), 'sessionsUnreadable');
      await shared.clock.pass(minute);
      assert.equal(core.stored()?.tokens.refreshToken, 'r1');
    });

    it('hands the token out after half a minute, also to other windows, when its write never answers', async () => {
      core.secrets.store = () => new Promise(() => undefined);
      shared.http.next(pair('a1', 'r1'));
      assert.equal(await failureOf(fresh()), 'sessionsUnreadable');
      await shared.clock.pass(20_000);
      assert.equal((await fresh()).tokens.accessToken, 'a1');
      assert.equal((await fresh('jane', shared.openCore())).tokens.accessToken, 'a1');
      assert.deepEqual([sent(), core.sessions.problem?.code], [['r0'], 'storeNotWritten']);
    });

    it('blames the secret storage while that is read, for a caller who waits less than it does', async () => {
      core.secrets.failing = 'hang';
      await assert.rejects(shared.clock.finish(core.sessions.fresh('jane', 2_000)), {
        code: 'sessionsUnreadable',
        host: 'auth.reltio.com',
      });
    });

    it('is noted in the history if another window left its lock behind', async () => {
      const died = () =>
        shared.history.entries.filter(({ what }) => what === 'windowDied').map(({ session }) => session);
      shared.http.always = answer(503);
      await failureOf(fresh());
      assert.deepEqual(died(), []);
      shared.lockFolder.files.set(`${refreshLock(jane)}.9`, shared.clock.now());
      await shared.clock.pass(minute);
      await failureOf(fresh());
      assert.deepEqual(died(), ['jane']);
    });

    it('sends nothing when the secrets cannot be read', async () => {
      core.secrets.failing = 'get';
      assert.equal(await failureOf(core.sessions.fresh('jane')), 'sessionsUnreadable');
      assert.equal(requests(), 0);
    });
  });

  describe('while the user', () => {
    it('signs out: the session stays removed, and the caller gets an error', async () => {
      shared.http.takes = 300;
      shared.http.next(pair('a1', 'r1'));
      const work = codeOf(core.sessions.fresh('jane'));
      await shared.clock.pass(100);
      await core.sessions.signOut('jane', 'here');
      assert.equal(await shared.clock.finish(work), 'signedOut');
      assert.deepEqual(core.own, []);
    });

    it('signs in again: the new session stays', async () => {
      shared.http.takes = 300;
      shared.http.next(pair('a1', 'r1'));
      const work = codeOf(core.sessions.fresh('jane'));
      await shared.clock.pass(100);
      const again = await core.sessions.add(signedIn('a9', 'r9'));
      assert.equal(await shared.clock.finish(work), 'signedOut');
      assert.deepEqual(core.own, [again]);
    });

    it('signs in again and gets the pair that is being rotated: the rotated refresh token is not lost', async () => {
      shared.http.takes = 300;
      shared.http.next(pair('a1', 'r1'));
      const work = codeOf(core.sessions.fresh('jane'));
      await shared.clock.pass(100);
      const again = await core.sessions.add(signedIn('a0', 'r0'));
      await shared.clock.finish(work);
      const stored = core.stored(again.id);
      assert.deepEqual([stored?.tokens.accessToken, stored?.tokens.refreshToken], ['a1', 'r1']);
    });

    it('signs in again and gets its refresh token, with another access token: the rotated one is not lost', async () => {
      shared.http.takes = 300;
      shared.http.next(pair('a1', 'r1'));
      const work = codeOf(core.sessions.fresh('jane'));
      await shared.clock.pass(100);
      const again = await core.sessions.add(signedIn('a9', 'r0'));
      await shared.clock.finish(work);
      assert.equal(core.stored(again.id)?.tokens.refreshToken, 'r1');
    });

    it('signs in again and gets the answer after a refresh has replaced the refresh token in it: the new one stays', async () => {
      const other = shared.openCore();
      await other.sessions.list();
      shared.http.takes = 300;
      for (const [index, by] of [core, other].entries()) {
        const { id, tokens } = core.own[0] ?? assert.fail();
        shared.http.next(pair(`a${index + 1}`, `r${index + 1}`));
        const work = core.sessions.refreshNow(id);
        await shared.clock.pass(100);
        const answer = signedIn('a9', tokens.refreshToken ?? '');
        await shared.clock.finish(work);
        const again = await by.sessions.add(answer);
        assert.equal(core.stored(again.id)?.tokens.refreshToken, `r${index + 1}`);
        await Promise.all([core.store.reload(), other.store.reload()]);
        await shared.clock.pass(minute);
      }
    });

    it('signs in again later, and an earlier refresh token from the server is accepted', async () => {
      shared.http.next(pair('a1', 'r1'));
      await fresh();
      await shared.clock.pass(1);
      const again = await core.sessions.add(signedIn('a9', 'r0'));
      assert.equal(core.stored(again.id)?.tokens.refreshToken, 'r0');
    });

    for (const [what, answers, kept] of [
      ['that is answered', [pair('a1', 'r1'), invalidRefreshToken()], 'r1'],
      ['whose answer is lost', ['hang', invalidRefreshToken()], undefined],
    ] as const) {
      it(`signs in again: no window sends the refresh token of a refresh ${what} before that is over`, async () => {
        shared.http.takes = 4_000;
        shared.http.next(...answers);
        const work = codeOf(core.sessions.fresh('jane'));
        await shared.clock.pass(100);
        shared.http.takes = 100;
        const again = await core.sessions.add(signedIn('a9', 'r0', 30));
        await shared.clock.pass(2_500);
        const others = [core, shared.openCore()].map((one) => one.sessions.fresh(again.id));
        await shared.clock.finish(Promise.allSettled([...others, work]));
        await shared.clock.pass(minute);
        const second = shared.http.times[1] ?? Infinity;
        assert.ok(second >= (kept === undefined ? 10_000 : Infinity), `after ${second} ms`);
        assert.equal(core.stored(again.id)?.tokens.refreshToken, kept);
      });
    }

    it('signs in with another account that has the same refresh token: each keeps its own tokens', async () => {
      const omar = { ...jane, user: 'omar@acme.com' };
      const elsewhere = { ...jane, identityServer: 'https://dev-auth.reltio.com' };
      await core.holds({ id: 'omar', account: omar });
      await core.holds({ id: 'elsewhere', account: elsewhere });
      shared.http.next(pair('a1', 'r1'));
      await fresh();
      const held = ['jane', 'omar', 'elsewhere'].map((id) => core.stored(id)?.tokens);
      assert.deepEqual(
        held.map((tokens) => [tokens?.accessToken, tokens?.refreshToken]),
        [
          ['a1', 'r1'],
          ['a0', 'r0'],
          ['a0', 'r0'],
        ],
      );
    });

    const signedIn = (accessToken: string, refreshToken: string, expiresIn = 3600) =>
      sampleSignIn(shared.clock.now(), { accessToken, refreshToken, expiresIn, scopes: undefined });
  });

  describe('of one account of two', () => {
    const olga = { ...jane, user: 'olga@acme.com' };
    const olgas = { id: 'olga', account: olga, tokens: sampleTokens({ accessToken: 'b0', refreshToken: 's0' }) };
    const states = () => ['jane', 'olga'].map((id) => core.stored(id)?.state);

    it('marks no other account when its client is rejected', async () => {
      await core.holds({ ...olgas, account: { ...olga, clientId: 'acme_dev' } }, { id: 'acme_dev', secret: 'x' });
      shared.http.next(badClient, pair('b1', 's1'));
      assert.equal(await failureOf(core.sessions.fresh('jane')), 'clientRejected');
      await shared.clock.pass(0);
      assert.deepEqual(states(), ['clientRejected', 'signedIn']);
      assert.equal((await fresh('olga')).tokens.accessToken, 'b1');
      assert.deepEqual(states(), ['clientRejected', 'signedIn']);
    });

    it('leaves the other alone when its refresh token is rejected, and sends each its own', async () => {
      await core.holds(olgas);
      shared.http.next(invalidRefreshToken('s0'), pair('a1', 'r1'));
      assert.equal(await failureOf(core.sessions.fresh('olga')), 'signInAgain');
      assert.equal((await fresh('jane')).tokens.accessToken, 'a1');
      assert.deepEqual(states(), ['signedIn', 'signInAgain']);
      assert.deepEqual(
        shared.http.requests.map(({ form }) => form['refresh_token']),
        ['s0', 'r0'],
      );
    });

    it('ends the back-off of both when another window has reached the server', async () => {
      await core.holds(olgas);
      shared.http.next(answer(503), answer(503));
      for (const id of ['jane', 'jane']) {
        await failureOf(core.sessions.fresh(id));
        await shared.clock.pass(1_000);
      }
      assert.equal(requests(), 2, 'the next one would be due in two seconds');
      await refreshElsewhere();
      await shared.clock.pass(1_000);
      shared.http.next(pair('b1', 's1'));
      assert.equal((await fresh('olga')).tokens.accessToken, 'b1');
      assert.equal(core.refresher.failures.outage(core.stored('jane')!), undefined);
    });

    it('does not affect the other, even if this one was refreshed elsewhere', async () => {
      await core.holds(olgas);
      shared.http.next(answer(400, { error: 'invalid_grant', error_description: 'User account is locked' }));
      assert.equal(await failureOf(core.sessions.fresh('olga')), 'accountLocked');
      await refreshElsewhere();
      await shared.clock.pass(500);
      assert.equal(await failureOf(core.sessions.fresh('olga')), 'accountLocked');
      assert.equal(requests(), 1);
    });
  });

  it('is one request for all callers, and a new one after it has finished', async () => {
    shared.http.takes = 50;
    shared.http.next(pair('a1', 'r1', 0), pair('a2', 'r2'));
    const first = core.refresher.refresh(sampleSession());
    assert.equal(core.refresher.refresh(sampleSession()), first);
    assert.equal(core.refresher.ongoing('jane'), first);
    assert.ok(core.sessions.activity(sampleSession()).isRefreshing);
    await shared.clock.finish(first.session.catch(() => undefined));
    assert.equal(core.refresher.ongoing('jane'), undefined);
    assert.ok(!core.sessions.activity(sampleSession()).isRefreshing);
  });

  it('knows the client secret that was saved last', async () => {
    await core.clients.save(jane.identityServer, { ...reltioUi, secret: 'changed' });
    shared.http.next(pair('a1', 'r1'));
    await fresh();
    const sent = shared.http.requests[0]?.headers['authorization'] ?? '';
    assert.equal(Buffer.from(sent.slice(6), 'base64').toString(), 'reltio_ui:changed');
  });

  it('goes on although who shows its activity fails, and tells the others when it starts and ends', async () => {
    const seen: boolean[] = [];
    core.refresher.onDidChangeActivity(() => {
      throw new Error('a view that is closed');
    });
    core.refresher.onDidChangeActivity(() => seen.push(core.refresher.ongoing('jane') !== undefined));
    shared.http.next(pair('a1', 'r1'));
    await fresh();
    assert.deepEqual(seen, [true, false]);
    assert.ok(shared.log.lines.some(({ level }) => level === 'warn'));
  });

  it('has settled when none is under way, however they end', async () => {
    await core.refresher.settled();
    await core.holds({ id: 'omar', account: { ...jane, user: 'omar@acme.com' } });
    shared.http.takes = 1_000;
    shared.http.next(answer(503), pair('a1', 'r1'));
    const work = ['jane', 'omar'].map((id) => core.sessions.fresh(id, 1).catch(() => undefined));
    await settle();
    let settled = false;
    const settling = core.refresher.settled().then(() => (settled = true));
    await shared.clock.pass(999);
    assert.ok(!settled);
    await shared.clock.finish(Promise.all([...work, settling]));
    assert.equal(core.stored('omar')?.tokens.accessToken, 'a1');
  });

  it('has a failure that says what to do also where the reason is none that we know', async () => {
    core.calls.request = () => Promise.reject(new TypeError('a fault of ours, with a secret'));
    assert.equal(await failureOf(fresh()), 'sessionsUnreadable');
    assert.ok(!shared.log.text.includes('secret'));
  });

  it('reads and locks nothing after a failure that changes nothing', async () => {
    shared.http.next(answer(503), { kind: 'failure', code: 'unreachable' });
    assert.equal(await failureOf(fresh()), 'serverError');
    await shared.clock.pass(minute);
    const { locks } = {
      locks: () => [...shared.lockFolder.files.keys()].filter((name) => name.startsWith('document')),
    };
    const before = locks();
    assert.equal(await failureOf(fresh()), 'unreachable');
    await settle();
    assert.deepEqual(locks(), before);
  });

  it('reports the failure also where the state cannot be stored that it brings, and logs that', async () => {
    shared.http.next(() => {
      core.secrets.failing = 'get';
      return badClient;
    });
    assert.equal(await failureOf(fresh()), 'clientRejected');
    await settle();
    assert.equal(core.stored()?.state, 'signedIn');
    const [line] = shared.log.lines.filter(({ event }) => /state not written/.test(event));
    assert.deepEqual([line?.level, line?.fields], ['warn', { session: 'jane' }]);
  });
});
