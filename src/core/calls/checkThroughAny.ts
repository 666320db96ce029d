import { isFailure } from '../base/failure';
import { failureTable } from '../base/failureTable';
import type { Client } from '../oauth/client';
import type { TokenInfo } from '../oauth/tokenInfo';
import type { TokenChecks } from './tokenChecks';

/** The most clients that are tried: the server may not accept each of them, for example because its secret is old. */
const maxClients = 3;

/**
 * Asks an identity server about a token whose own client is unknown. The server answers any of its clients, so the ones
 * that the user has entered are tried until it accepts one. A client that a login page registered has no secret to ask with.
 * One that is rejected is not reported: nothing says that it is the one that got the token.
 *
 * @returns `noClient` if there is none that the server accepts
 * @throws {Failure} if the answer does not say
 */
export async function checkThroughAny(
  checks: Pick<TokenChecks, 'check'>,
  identityServer: string,
  clients: readonly Client[],
  accessToken: string,
  signal?: AbortSignal,
): Promise<TokenInfo | 'notValid' | 'noClient'> {
  const entered = clients.filter(({ registeredFor }) => registeredFor === undefined);
  for (const client of entered.slice(0, maxClients)) {
    try {
      return await checks.check(identityServer, client, accessToken, signal);
    } catch (error) {
      if (!isFailure(error) || failureTable[error.code].group !== 'client') {
        throw error;
      }
    }
  }
  return 'noClient';
}
