import { Failure, isFailure } from '../../core/base/failure';
import type { Core } from '../../core/core';
import { isTenantId, type Tenant } from '../../core/dataApi/tenant';
import { clientIdOf, type Session } from '../../core/model/session';

/** What a token reaches in an environment, or why that is not known. */
export interface ReachableTenants {
  readonly tenants: readonly Tenant[];
  readonly failure?: Failure;
}

/** With these, the environment answers, but does not offer the list. */
const noList: readonly Failure['code'][] = ['forbidden', 'notAnEnvironment', 'badAnswer'];

/**
 * The tenants that the user of this session reaches in an environment: from the environment itself or, if it does not list
 * them, from the identity server, which knows only their ids. Never throws a `Failure`: the user can enter an id instead.
 *
 * @param url of an environment that may receive a token
 */
export async function reachableTenants(
  url: string,
  session: Session,
  core: Pick<Core, 'sessions' | 'dataApi' | 'checks' | 'clients'>,
  signal: AbortSignal,
): Promise<ReachableTenants> {
  try {
    const { tokens } = await core.sessions.fresh(session.id);
    signal.throwIfAborted(); // the user has left: nothing more is sent
    return await tenantsOf(url, { ...session, tokens }, core, signal);
  } catch (error) {
    return { tenants: [], failure: signal.aborted ? new Failure('cancelled') : failureIn(error) };
  }
}

async function tenantsOf(
  url: string,
  session: Session,
  { dataApi, checks, clients }: Pick<Core, 'dataApi' | 'checks' | 'clients'>,
  signal: AbortSignal,
): Promise<ReachableTenants> {
  const { account, tokens } = session;
  let failure: Failure | undefined;
  try {
    const tenants = await dataApi.tenants(url, tokens.accessToken, signal);
    if (tenants.length > 0) {
      return { tenants };
    }
  } catch (error) {
    failure = failureIn(error);
    if (!noList.includes(failure.code)) {
      return { tenants: [], failure };
    }
  }
  const client = await clients.find(account.identityServer, clientIdOf(session));
  const info =
    client === undefined ? 'notValid' : await checks.check(account.identityServer, client, tokens.accessToken, signal);
  const ids = info === 'notValid' ? [] : info.tenants.filter(isTenantId);
  return { tenants: ids.map((id) => ({ id })), ...(failure === undefined ? {} : { failure }) };
}

function failureIn(error: unknown): Failure {
  if (isFailure(error)) {
    return error;
  }
  throw error;
}
