import assert from 'node:assert/strict';
import type { SignedIn } from '../../../src/core/calls/signInAttempt';
import { formerAfter, withTrueAges } from '../../../src/core/model/formerRefreshTokens';
import { monday } from '../../fakes/fakeClock';
import { jane, sampleSession, sampleSignIn, sampleTokens } from '../../fakes/sampleSession';
import { Installation } from '../../fakes/installation';

const day = 24 * 3_600_000;

describe('the age of a refresh token', () => {
  const signIn = (refreshToken: string, startedAt: number, account = jane): SignedIn =>
    sampleSignIn(startedAt, { accessToken: 'a9', refreshToken, scopes: undefined }, account);

  it('counts on after a sign-out if the next sign-in, in any window, brings the same token', async () => {
    const shared = new Installation();
    await shared.openCore().holds();
    await shared.clock.finish(shared.openCore().sessions.signOut('jane', 'here'));
    await shared.clock.pass(20 * day);
    const session = await shared.clock.finish(shared.openCore().sessions.add(signIn('r0', shared.clock.now())));
    assert.equal(session.tokens.refreshTokenReceivedAt, monday);
  });

  it('starts at zero with another token', async () => {
    const shared = new Installation();
    const core = shared.openCore();
    await core.holds();
    await shared.clock.finish(core.sessions.signOut('jane', 'here'));
    const session = await shared.clock.finish(core.sessions.add(signIn('r1', monday + 20 * day)));
    assert.equal(session.tokens.refreshTokenReceivedAt, monday + 20 * day);
  });

  it('starts at zero with the sign-in of another account, although it brings the same token', async () => {
    for (const other of [
      { ...jane, user: 'omar@acme.com' },
      { ...jane, clientId: 'other' },
      { ...jane, identityServer: 'https://dev-auth.reltio.com' },
    ]) {
      const shared = new Installation();
      const core = shared.openCore();
      await core.holds();
      await shared.clock.finish(core.sessions.signOut('jane', 'here'));
      const session = await shared.clock.finish(core.sessions.add(signIn('r0', monday + 20 * day, other)));
      assert.equal(session.tokens.refreshTokenReceivedAt, monday + 20 * day);
    }
  });

  it('is remembered without the token, and not for ever', async () => {
    const shared = new Installation();
    const core = shared.openCore();
    for (let number = 0; number < 30; number += 1) {
      const { id } = await shared.clock.finish(core.sessions.add(signIn(`planted-${number}`, monday + number)));
      await shared.clock.finish(core.sessions.signOut(id, 'here'));
    }
    const document = shared.secrets.json('sessions')!;
    assert.equal((document['formerRefreshTokens'] as unknown[]).length, 20);
    assert.ok(!JSON.stringify(document).includes('planted'));
  });
});

describe('the refresh tokens to remember', () => {
  const at = (id: string, refreshToken: string, receivedAt = monday) =>
    sampleSession({ id, tokens: sampleTokens({ refreshToken, refreshTokenReceivedAt: receivedAt }) });
  const { refreshToken: _token, refreshTokenReceivedAt: _at, ...bare } = sampleTokens();

  it('are those of sessions that are gone, the newest first', () => {
    const first = formerAfter([], [at('a', 'r1')], []);
    const both = formerAfter(first, [at('b', 'r2', monday + 1), at('c', 'r3')], [at('c', 'r3')]);
    assert.deepEqual(
      both.map(({ receivedAt }) => receivedAt),
      [monday + 1, monday],
    );
  });

  it('do not change while no session goes, and none is remembered twice', () => {
    const first = formerAfter([], [at('a', 'r1')], []);
    assert.equal(formerAfter(first, [at('b', 'r2')], [at('b', 'r2')]), first);
    assert.equal(formerAfter(first, [at('d', 'r1', monday + 5)], []).length, 1);
    assert.equal(formerAfter(formerAfter(first, [at('b', 'r2')], []), [at('d', 'r1')], []).length, 2);
  });

  it('are none of a session without a refresh token, or without its age', () => {
    assert.deepEqual(formerAfter([], [sampleSession({ tokens: bare })], []), []);
    assert.deepEqual(formerAfter([], [sampleSession({ tokens: { ...bare, refreshToken: 'r1' } })], []), []);
  });

  it('give a session the age of its token, and never a younger one', () => {
    const former = formerAfter([], [at('a', 'r1')], []);
    const ageOf = (session: ReturnType<typeof at>) => withTrueAges([session], former)[0]?.tokens.refreshTokenReceivedAt;
    assert.equal(ageOf(at('b', 'r1', monday + 9)), monday);
    assert.equal(ageOf(at('b', 'r1', monday - 9)), monday - 9);
    assert.equal(ageOf(at('b', 'r2', monday + 9)), monday + 9);
    const [same] = [at('b', 'r1')];
    assert.equal(withTrueAges([same], former)[0], same);
    const some = [at('b', 'r1', monday + 9)];
    assert.equal(withTrueAges(some, []), some);
  });
});
