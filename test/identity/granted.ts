import { type Answer, json } from './answer';
import type { Identity } from './identity';
import type { Pair } from './tokens';

/** The answer with a token, with the order and types of Reltio's samples, or with the types of its tables. */
export function granted({ policy, clock }: Identity, pair: Pair): Answer {
  const documented = policy.responseTypes === 'documented';
  // Rounded down, as Spring does: that is why samples say 3599.
  const left = Math.max(Math.floor((pair.accessExpiresAt - clock()) / 1000), 0);
  const scope = `${policy.leadingBlanksInScope ? '   ' : ''}${pair.client.scopes.join(' ')}`;
  return json(200, {
    access_token: pair.accessToken,
    token_type: documented ? 'Bearer' : 'bearer',
    ...(pair.refreshToken === undefined ? {} : { refresh_token: pair.refreshToken }),
    expires_in: documented ? String(left) : left,
    scope: documented ? pair.client.scopes : scope,
    ...(documented ? { entityURI: pair.user.entityUri } : {}),
  });
}
