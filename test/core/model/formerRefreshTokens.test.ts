import assert from 'node:assert/strict';
import type { SignedIn } from '../../../src/core/calls/signInAttempt';
import { monday } from '../../fakes/fakeClock';
import { jane, sampleSignIn } from '../../fakes/sampleSession';
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
