import { type Answer, refusal } from './answer';
import type { Redemption } from './codes';
import { granted } from './granted';
import type { Identity } from './identity';

/** A token for an authorization code, or the refusal, which repeats the code as Spring's does. */
export function redeemCode(identity: Identity, redemption: Redemption): Answer {
  const user = identity.codes.redeem(redemption);
  if (user) {
    return granted(identity, identity.tokens.signIn(user, redemption.client, redemption.route));
  }
  return identity.policy.codeRefusal === 'invalidGrant'
    ? refusal(400, 'invalid_grant', `Invalid authorization code: ${redemption.code}`)
    : refusal(400, 'invalid_request', 'Invalid Authorization code');
}
