import { Failure } from '../base/failure';
import type { RequestTools } from '../oauth/timedRequest';
import { mayReceiveSecrets, wouldExpose, type TrustedSuffixes } from '../trust/trustedHosts';
import type { Issuer } from './authorizationRequest';
import { discover } from './discovery';

/** Reltio's login page, as an environment announces it (docs/reltio.md, R23). Every address is on a trusted host. */
export interface LoginPage {
  readonly issuer: Issuer;
  readonly authorizationEndpoint: string;
  /** Takes JSON, not a form. */
  readonly tokenEndpoint: string;
  readonly registrationEndpoint: string;
}

/**
 * Finds the login page of an environment.
 *
 * @param environment origin, such as `https://dev.reltio.com`
 * @returns undefined if the environment announces none that can be used
 * @throws {Failure} `untrustedHost` with the host, `cancelled`, or why the environment cannot be reached
 */
export async function findLoginPage(
  tools: RequestTools,
  environment: string,
  trusted: TrustedSuffixes,
  signal: AbortSignal,
): Promise<LoginPage | undefined> {
  const found = await discover(tools, `${environment}/ai/tools/.well-known/oauth-authorization-server`, signal);
  if (found === undefined) {
    return undefined;
  }
  const { issuer, namesItself, authorizationEndpoint, tokenEndpoint, registrationEndpoint, offersPkce } = found;
  const endpoints = [authorizationEndpoint, tokenEndpoint, registrationEndpoint];
  const isOfEnvironment = URL.canParse(issuer) && new URL(issuer).origin === environment;
  if (!isOfEnvironment || !offersPkce || !endpoints.every((one) => one !== undefined && URL.canParse(one))) {
    return undefined;
  }
  const [authorization, token, registration] = endpoints.map((one) => checked(one ?? '', trusted));
  if (authorization === undefined || token === undefined || registration === undefined) {
    return undefined;
  }
  // Otherwise an environment could name Reltio's page and its own token endpoint, and receive Reltio's codes there.
  const { origin } = new URL(token);
  const isOneServer = new URL(authorization).origin === origin;
  // And here, it would receive the secret of the client that is registered with another environment.
  const isOwnClient = [origin, environment].includes(new URL(registration).origin);
  // And here, any program on this computer could be the environment, to which the token is sent to try it.
  return !isOneServer || !isOwnClient || wouldExpose(origin, environment)
    ? undefined
    : {
        issuer: { issuer, namesItself },
        authorizationEndpoint: authorization,
        tokenEndpoint: token,
        registrationEndpoint: registration,
      };
}

/** The same address if the host is trusted. Undefined if the address has a user name or a fragment, which it must not. */
function checked(endpoint: string, trusted: TrustedSuffixes): string | undefined {
  const { host, username, password, hash } = new URL(endpoint);
  if (username !== '' || password !== '' || hash !== '') {
    return undefined;
  }
  if (!mayReceiveSecrets(endpoint, trusted)) {
    throw new Failure('untrustedHost', { host });
  }
  return endpoint;
}
