import { isFailure } from '../base/failure';
import type { FailureCode } from '../base/failureTable';
import type { Client } from '../oauth/client';
import type { TokenCallResult } from './tokenCalls';

export interface Authenticated {
  readonly result: TokenCallResult;
  /** The client as the identity server accepts it, to be stored. */
  readonly client: Client;
}

/** After these, the first failure says more than the second. */
const saysNoMore: readonly FailureCode[] = ['clientRejected', 'requestRefused', 'badAnswer'];

/**
 * Sends a request with the client in the `Authorization` header and, if the identity server rejects it there, once more with
 * the client in the body: a client accepts one of the two, and no answer says which (docs/reltio.md, R16). A client that was
 * accepted in the body before goes there first.
 *
 * @throws {Failure}
 */
export async function withEitherAuthentication(
  client: Client,
  send: (client: Client) => Promise<TokenCallResult>,
): Promise<Authenticated> {
  try {
    return { result: await send(client), client };
  } catch (error) {
    const other = otherAuthentication(client);
    if (other === undefined || !isFailure(error) || error.code !== 'clientRejected') {
      throw error;
    }
    try {
      return { result: await send(other), client: other };
    } catch (second) {
      throw isFailure(second) && saysNoMore.includes(second.code) ? error : second;
    }
  }
}

/** Undefined for a client without a secret, which has no choice. */
function otherAuthentication({ id, secret, authentication }: Client): Client | undefined {
  if (authentication === 'none') {
    return undefined;
  }
  return authentication === undefined ? { id, secret, authentication: 'client_secret_post' } : { id, secret };
}
