import { Failure } from '../base/failure';
import { parseJsonObject } from '../base/json';
import type { RequestTools } from '../oauth/timedRequest';
import { callEnvironment } from './environmentCall';
import { isTenantId, tenantsIn, textOf, type Tenant } from './tenant';

/** GET `/reltio/status` (docs/reltio.md, R30): only the status counts, because no page says what the body is. */
export async function status(tools: RequestTools, url: string, signal?: AbortSignal): Promise<void> {
  await callEnvironment(tools, url, '/reltio/status', undefined, signal);
}

/** GET `/reltio/enhancedTenants` (docs/reltio.md, R31). */
export async function tenants(
  tools: RequestTools,
  url: string,
  accessToken: string,
  signal?: AbortSignal,
): Promise<readonly Tenant[]> {
  const answer = await callEnvironment(tools, url, '/reltio/enhancedTenants?showAll=true', accessToken, signal);
  return tenantsIn(listIn(answer.body) ?? unusable(url, answer.status));
}

/** GET `/reltio/tenants/{id}/name` (docs/reltio.md, R32). */
export async function tenantName(
  tools: RequestTools,
  url: string,
  tenantId: string,
  accessToken: string,
  signal?: AbortSignal,
): Promise<string> {
  if (!isTenantId(tenantId)) {
    throw new Error('Not the id of a tenant'); // it could change the path
  }
  const answer = await callEnvironment(tools, url, `/reltio/tenants/${tenantId}/name`, accessToken, signal);
  return textOf(parseJsonObject(answer.body)?.['value']) ?? unusable(url, answer.status);
}

function listIn(body: string): readonly unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(body.replace(/^\uFEFF/, ''));
    return Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function unusable(url: string, status: number): never {
  throw new Failure('badAnswer', { host: new URL(url).host, status });
}
