import { pastedTokenClient, type Account } from '../../src/core/model/account';
import type { SignedIn } from '../../src/core/calls/signInAttempt';
import type { Session } from '../../src/core/model/session';
import type { Tokens } from '../../src/core/model/tokens';
import type { GrantedToken } from '../../src/core/oauth/tokenResponse';
import { monday } from './fakeClock';

export const jane: Account = {
  identityServer: 'https://auth.reltio.com',
  clientId: 'reltio_ui',
  user: 'jane@acme.com',
};

/** Tokens `a0` and `r0`, received at `monday`, valid for an hour. */
export function sampleTokens(changes: Partial<Tokens> = {}): Tokens {
  return {
    accessToken: 'a0',
    accessTokenReceivedAt: monday,
    accessTokenExpiresAt: monday + 3_600_000,
    expiryKnownAt: monday,
    expiryIsEstimate: false,
    refreshAgainAt: monday + 2_000,
    refreshToken: 'r0',
    refreshTokenReceivedAt: monday,
    scopes: ['configuration_api', 'entities_api'],
    ...changes,
  };
}

export function sampleSession(changes: Partial<Session> = {}): Session {
  return {
    id: 'jane',
    account: jane,
    method: { kind: 'password' },
    signedInAt: monday,
    state: 'signedIn',
    tokens: sampleTokens(),
    ...changes,
  };
}

/** A client that asks for its token with its own secret. */
export const robot: Account = { identityServer: 'https://auth.reltio.com', clientId: 'acme_loader' };

/** The session `robot` with token `c0`, received at `monday`, valid for an hour. */
export function robotSession(changes: Partial<Session> = {}): Session {
  const { refreshToken: _none, refreshTokenReceivedAt: _never, ...tokens } = sampleTokens({ accessToken: 'c0' });
  const method = { kind: 'clientCredentials' };
  return sampleSession({ id: 'robot', account: robot, method, renewal: 'clientAgain', tokens, ...changes });
}

/** The session `pasted` with token `p0`, received at `monday`, valid for an hour. */
export function pastedSession(changes: Partial<Session> = {}): Session {
  const account: Account = { ...jane, clientId: pastedTokenClient };
  const { refreshToken: _none, refreshTokenReceivedAt: _never, ...tokens } = sampleTokens({ accessToken: 'p0' });
  return sampleSession({ id: 'pasted', account, renewal: 'none', tokens, ...changes });
}

/** Reltio's answer to a sign-in: tokens `a1` and `r1`, valid for an hour. */
export function grantedToken(changes: Partial<GrantedToken> = {}): GrantedToken {
  return {
    kind: 'granted',
    accessToken: 'a1',
    refreshToken: 'r1',
    expiresIn: 3600,
    expiryIsEstimate: false,
    scopes: ['entities_api'],
    ...changes,
  };
}

/** A sign-in that was granted tokens `a1` and `r1`, valid for an hour. */
export function sampleSignIn(startedAt: number, changes: Partial<GrantedToken> = {}, account = jane): SignedIn {
  return {
    kind: 'signedIn',
    account,
    method: { kind: 'password' },
    answer: grantedToken(changes),
    startedAt,
  };
}
