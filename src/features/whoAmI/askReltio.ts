import { Failure, isFailure } from '../../core/base/failure';
import { checkThroughAny } from '../../core/calls/checkThroughAny';
import type { Core } from '../../core/core';
import type { DataApi } from '../../core/dataApi/dataApi';
import type { Tenant } from '../../core/dataApi/tenant';
import { accountKind } from '../../core/model/accountKind';
import { clientIdOf, type Session } from '../../core/model/session';
import { tokenContent, type TokenContent } from '../../core/oauth/tokenContent';
import type { TokenInfo } from '../../core/oauth/tokenInfo';
import { unpackZstd } from '../../core/oauth/zstd';
import type { Environment } from '../../editor/settings/environments';

/**
 * Why no environment was asked. `none`: the account has none. `notChosen`: it has several. `notAllowed`: the user does not
 * want the token to be sent to its host.
 */
export type NotAsked = 'none' | 'notChosen' | 'notAllowed';

/** What is known about a token. Each part may be missing, and the others are shown all the same. */
export interface Findings {
  readonly session: Session;
  /** Milliseconds since 1970. */
  readonly askedAt: number;
  /** `noClient`: the identity server answers only to a client, and none is stored for it. */
  readonly check: TokenInfo | 'notValid' | 'noClient' | Failure;
  readonly environment: { readonly is: Environment; readonly tenants: readonly Tenant[] | Failure } | NotAsked;
  readonly content: TokenContent | 'opaque' | 'unreadable';
}

export interface AskParts extends Pick<Core, 'checks' | 'clients' | 'clock'> {
  readonly dataApi: Pick<DataApi, 'tenants'>;
}

/**
 * Asks the identity server and one environment what they say of the token of this session: two requests, and only because
 * the user asks, as Reltio counts the calls of its API.
 *
 * @throws {Failure} `cancelled`
 */
export async function askReltio(
  session: Session,
  environment: Environment | NotAsked,
  { checks, clients, dataApi, clock }: AskParts,
  signal: AbortSignal,
): Promise<Findings> {
  const askedAt = clock.now();
  const { identityServer } = session.account;
  const { accessToken } = session.tokens;
  const check = async (): Promise<Findings['check']> => {
    if (!accountKind(session.account).knowsClient) {
      return await checkThroughAny(checks, identityServer, await clients.list(identityServer), accessToken, signal);
    }
    const client = await clients.find(identityServer, clientIdOf(session));
    return client === undefined ? 'noClient' : await checks.check(identityServer, client, accessToken, signal);
  };
  const reach = async (): Promise<Findings['environment']> =>
    typeof environment === 'string'
      ? environment
      : { is: environment, tenants: await orFailure(dataApi.tenants(environment.url, accessToken, signal)) };
  const [checked, reached] = await Promise.all([orFailure(check()), reach()]);
  if (signal.aborted) {
    throw new Failure('cancelled');
  }
  return {
    session,
    askedAt,
    check: checked,
    environment: reached,
    content: tokenContent(accessToken, unpackZstd),
  };
}

async function orFailure<T>(asking: Promise<T>): Promise<T | Failure> {
  try {
    return await asking;
  } catch (error) {
    if (isFailure(error)) {
      return error;
    }
    throw error;
  }
}
