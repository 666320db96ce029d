import type { IncomingHttpHeaders } from 'node:http';
import { type Answer, refusal } from './answer';
import type { Identity } from './identity';
import type { Pair } from './tokens';

/** The login of the bearer token, or the refusal of an environment. Undefined without a bearer token. */
export function bearerOf({ authorization }: IncomingHttpHeaders, identity: Identity): Pair | Answer | undefined {
  const bearer = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
  if (bearer === undefined) {
    return undefined;
  }
  const pair = identity.tokens.find(bearer);
  return pair && !refuses(pair, identity)
    ? pair
    : // Reltio repeats the token here, so logging or showing this body leaks it.
      refusal(401, 'invalid_token', `Invalid access token: ${bearer}`, {
        'www-authenticate': 'Bearer realm="oauth", error="invalid_token"',
      });
}

function refuses({ route }: Pair, { policy }: Identity): boolean {
  return policy.dataApiRefuses || (route === 'loginPage' && !policy.loginPageServesDataApi);
}
