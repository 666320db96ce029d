import type { Policy } from './policy';
import type { Pair } from './tokens';

/** The body of a granted token, with the order and types of Reltio's samples, or with the types of its tables. */
export function tokenBody(pair: Pair, policy: Policy, now: number): Record<string, unknown> {
  const documented = policy.responseTypes === 'documented';
  // Rounded down, as Spring does: that is why samples say 3599.
  const left = Math.max(Math.floor((pair.accessExpiresAt - now) / 1000), 0);
  const scope = `${policy.leadingBlanksInScope ? '   ' : ''}${pair.client.scopes.join(' ')}`;
  return {
    access_token: pair.accessToken,
    token_type: documented ? 'Bearer' : 'bearer',
    ...(pair.refreshToken === undefined ? {} : { refresh_token: pair.refreshToken }),
    expires_in: documented ? String(left) : left,
    scope: documented ? pair.client.scopes : scope,
    ...(documented ? { entityURI: pair.user.entityUri } : {}),
  };
}
