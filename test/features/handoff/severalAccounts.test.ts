import { commandHandlers, presses, shownMessages } from '../../fakes/fakeVscode';
import '../../fakes/fakeQuickInput';
import assert from 'node:assert/strict';
import { register as registerAccounts } from '../../../src/features/accounts/register';
import { reportRejectedCommand, type RejectionAnswer } from '../../../src/features/provider/reportRejected';
import { accountLabel } from '../../../src/core/model/account';
import type { Session } from '../../../src/core/model/session';
import { settle } from '../../fakes/fakeClock';
import { answer, invalidRefreshToken, pair } from '../../fakes/fakeHttp';
import { fakeHost } from '../../fakes/fakeHost';
import { jane, sampleTokens } from '../../fakes/sampleSession';
import { Installation, type TestCore } from '../../fakes/installation';

const stage = { ...jane, identityServer: 'https://auth-stg.reltio.com' };

describe('copying and refreshing tokens, with several accounts signed in', () => {
  let shared: Installation;
  let core: TestCore;
  let offered: Session[];
  let registered: readonly { dispose(): unknown }[];
  beforeEach(async () => {
    shownMessages.length = presses.length = 0;
    shared = new Installation();
    core = shared.openCore();
    await core.holds({ tokens: sampleTokens({ accessToken: 'a-jane', refreshToken: 'r-jane' }) });
    const tokens = sampleTokens({ accessToken: 'a-stage', refreshToken: 'r-stage' });
    await core.holds({ id: 'stage', account: stage, tokens }, { id: 'reltio_ui', secret: 'secret of stage' });
    const host = fakeHost(core);
    await host.accountInUse.choose(stage);
    offered = [];
    registered = [
      registerAccounts(core.real, host),
      reportRejectedCommand({ report: core.real.reportRejected }, (session) => offered.push(session)),
    ];
    await shared.clock.pass(10_000);
  });
  afterEach(() => {
    registered.forEach((one) => one.dispose());
  });
  const run = async (id: string, ...argument: unknown[]): Promise<unknown> => {
    const result = await commandHandlers.get(`reltioAuth.${id}`)?.(...argument); // loads a file, which takes real time
    await settle();
    return result;
  };
  const asked = () => shared.http.requests.map(({ form }) => form['refresh_token']);

  describe('the command that refreshes', () => {
    it('refreshes the named account, or else the one in use, and says whose token is new', async () => {
      shared.http.next(pair('a1', 'r1'), pair('a2', 'r2'));
      assert.equal(await run('refreshToken', 'jane'), undefined, 'no token for its caller');
      assert.equal(await run('refreshToken'), undefined);
      assert.deepEqual(asked(), ['r-jane', 'r-stage']);
      const texts = shownMessages.map(({ texts: [text] }) => text);
      assert.ok(texts[0]?.includes(` of ${accountLabel(jane)} `), texts[0]);
      assert.ok(texts[1]?.includes(` of ${accountLabel(stage)} `), texts[1]);
    });

    it('refreshes no other account if the named one was signed out', async () => {
      await run('refreshToken', 'gone');
      assert.deepEqual(asked(), []);
      assert.match(shownMessages[0]?.texts[0] ?? '', /^This account is no longer signed in to Reltio/);
    });

    it('offers the remedy for that account if it fails', async () => {
      const signedIn: unknown[] = [];
      commandHandlers.set('reltioAuth.signIn', (id) => signedIn.push(id));
      for (const [argument, about] of [
        ['jane', 'jane'],
        [undefined, 'stage'],
      ] as const) {
        presses.push('Sign In');
        shared.http.next(invalidRefreshToken(`r-${about}`));
        await run('refreshToken', argument);
        assert.equal(signedIn.pop(), about);
      }
      commandHandlers.delete('reltioAuth.signIn');
    });
  });

  describe('the command that reports a rejected token', () => {
    const report = async (token: unknown): Promise<RejectionAnswer> =>
      (await run('reportRejected', token)) as RejectionAnswer;
    const over = (token: string) =>
      answer(401, { error: 'invalid_token', error_description: `Invalid access token: ${token}` });

    it('returns the outcome and a sentence, never a token, and shows the user nothing', async () => {
      shared.http.next(pair('a-secret', 'r-secret'));
      const renewed = await report('a-stage');
      assert.deepEqual(renewed, { outcome: 'refreshed', message: 'There is a new token. Ask for the session again.' });
      shared.http.next(pair('a-jane', 'r-jane', 3_000), answer(200, { user: {} }));
      const valid = await report('a-jane');
      assert.deepEqual(Object.keys(valid), ['outcome', 'message']);
      assert.equal(valid.outcome, 'valid');
      assert.match(valid.message, /rejects a token that auth\.reltio\.com considers valid/);
      assert.deepEqual([offered, shownMessages], [[], []]);
    });

    it('accepts only a token of a session, and sends no request for anything else', async () => {
      for (const token of ['a-nobody', 'r-jane', '', undefined, null, 7, { token: 'a-jane' }, ['a-jane']]) {
        assert.equal((await report(token)).outcome, 'unknown');
      }
      assert.deepEqual(shared.http.requests, []);
    });

    it('offers the user to renew the sign-in whose token was rejected, by name', async () => {
      shared.http.next(pair('a-stage', 'r-stage', 3_000), over('a-stage'));
      const said = await report('a-stage');
      assert.equal(said.outcome, 'signInAgain');
      assert.equal(said.message, `The token of ${accountLabel(stage)} is no longer valid. Renew the sign-in.`);
      assert.deepEqual(
        offered.map(({ id, state }) => [id, state]),
        [['stage', 'rejected']],
      );
      assert.equal(core.stored('jane')?.state, 'signedIn');
    });

    it('offers to sign in again if the refresh token is rejected too', async () => {
      shared.http.next(invalidRefreshToken('r-stage'));
      const said = await report('a-stage');
      assert.equal(said.message, `The token of ${accountLabel(stage)} is no longer valid. Sign in again.`);
      assert.deepEqual(
        offered.map(({ id, state }) => [id, state]),
        [['stage', 'signInAgain']],
      );
    });

    it('does not throw when an update has removed one of our files, and names no path', async () => {
      const gone = Object.assign(new Error("Cannot find '/home/jane/x.js'"), { code: 'MODULE_NOT_FOUND' });
      registered.forEach((one) => one.dispose());
      registered = [reportRejectedCommand({ report: () => Promise.reject(gone) }, (session) => offered.push(session))];
      const said = await report('a-jane');
      assert.equal(said.outcome, 'notNow');
      assert.match(said.message, /^Reltio Authentication was updated .* Reload the window, then try again\.$/);
      assert.deepEqual(offered, []);
    });

    it('says why it cannot be checked now', async () => {
      shared.http.next(answer(503));
      const said = await report('a-jane');
      assert.equal(said.outcome, 'notNow');
      assert.match(said.message, /^auth\.reltio\.com is having problems \(HTTP 503\)/);
      assert.deepEqual(offered, []);
    });
  });
});
