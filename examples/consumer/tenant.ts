export interface Tenant {
  readonly environment: string;
  readonly id: string;
  readonly name: string;
}

/** What a server sends may be anything. What is not a tenant is left out. */
export function readTenants(environment: string, answer: unknown): Tenant[] {
  if (!Array.isArray(answer)) return [];
  return answer.flatMap((entry: unknown) => {
    const { tenantId, tenantName } = (entry ?? {}) as { readonly tenantId?: unknown; readonly tenantName?: unknown };
    if (typeof tenantId !== 'string') return [];
    return [{ environment, id: tenantId, name: typeof tenantName === 'string' ? tenantName : tenantId }];
  });
}

/** Whether the view passed this to a command. Any other extension can run the command too, with anything. */
export function isTenant(value: unknown): value is Tenant {
  const { environment, id } = (value ?? {}) as Partial<Record<keyof Tenant, unknown>>;
  return typeof environment === 'string' && typeof id === 'string';
}
