import { failedTransport, isWindowOutdated } from '../base/failure';
import { parseJsonObject, type Json } from '../base/json';
import { timedRequest, type RequestTools } from '../oauth/timedRequest';
import type { Issuer } from './authorizationRequest';

/** What a server says about itself (RFC 8414 section 2). Its addresses are not checked yet. */
export interface ServerMetadata extends Issuer {
  readonly authorizationEndpoint: string | undefined;
  readonly tokenEndpoint: string | undefined;
  readonly registrationEndpoint: string | undefined;
  /** Whether it offers PKCE with SHA-256 (RFC 7636). */
  readonly offersPkce: boolean;
}

/** Reltio documents no such page, so most servers have none, and the user should not wait for it long (milliseconds). */
const timeout = 5_000;

/**
 * Reads a server's metadata. Undefined if there is none, or none that can be read: then nothing that it would allow is used.
 *
 * @param url of the metadata itself
 * @throws {Failure} `cancelled`, or why the server cannot be reached
 */
export async function discover(
  tools: RequestTools,
  url: string,
  signal: AbortSignal,
): Promise<ServerMetadata | undefined> {
  const request = { method: 'GET', url, headers: { accept: 'application/json' }, holdsNoSecret: true } as const;
  const answer = await timedRequest(tools, request, timeout, signal);
  if (answer.kind === 'failure') {
    throw failedTransport(new URL(url).host, answer);
  }
  return answer.status === 200 ? metadata(parseJsonObject(answer.body) ?? {}) : undefined;
}

/**
 * What an identity server announces, at the address of RFC 8414 or else of OpenID Connect.
 *
 * @returns undefined if the server cannot be reached, which the next call reports, and unless the metadata names this
 *   server: otherwise it may be a copy of another server's
 * @throws {Failure} `cancelled` or `windowOutdated`
 */
export async function discoverIdentityServer(
  tools: RequestTools,
  identityServer: string,
  signal: AbortSignal,
): Promise<ServerMetadata | undefined> {
  for (const name of ['oauth-authorization-server', 'openid-configuration']) {
    const found = await discover(tools, `${identityServer}/.well-known/${name}`, signal).catch((error: unknown) => {
      if (signal.aborted || isWindowOutdated(error)) {
        throw error;
      }
      return undefined;
    });
    if (found !== undefined && [identityServer, `${identityServer}/`].includes(found.issuer)) {
      return found;
    }
  }
  return undefined;
}

function metadata(json: Json): ServerMetadata | undefined {
  const issuer = text(json['issuer']);
  if (issuer === undefined) {
    return undefined;
  }
  const methods = json['code_challenge_methods_supported'];
  return {
    issuer,
    namesItself: json['authorization_response_iss_parameter_supported'] === true,
    authorizationEndpoint: text(json['authorization_endpoint']),
    tokenEndpoint: text(json['token_endpoint']),
    registrationEndpoint: text(json['registration_endpoint']),
    offersPkce: Array.isArray(methods) && methods.includes('S256'),
  };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && /^[\x21-\x7E]{1,2048}$/.test(value) ? value : undefined;
}
