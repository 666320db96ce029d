import type { SignInContext } from '../signInContext';

type Asking = Pick<SignInContext, 'draft' | 'request' | 'environments' | 'last'>;

/** A tenant that the user may mean, and why it is offered. */
export interface OfferedTenant {
  readonly id: string;
  readonly from: string;
}

/** The tenants of the environments that trust the chosen identity server, and that of the last sign-in there. */
export function offeredTenants({ draft, environments, last }: Asking): readonly OfferedTenant[] {
  const { identityServer } = draft;
  const used = last.tenant(identityServer);
  const offered = new Map<string, string>(used === undefined ? [] : [[used, 'used before']]);
  for (const { name, tenant, identityServer: server } of environments) {
    if (tenant !== undefined && server === identityServer) {
      const others = offered.get(tenant);
      offered.set(tenant, others === undefined || others === 'used before' ? name : `${others}, ${name}`);
    }
  }
  return [...offered].map(([id, from]) => ({ id, from }));
}

/** The tenant to sign in at; undefined if the user must be asked. */
export function tenantOf(context: Asking): string | undefined {
  const { draft, request } = context;
  if (draft.tenant !== undefined) {
    return draft.tenant.id;
  }
  const before = request.method?.['tenant'];
  if (typeof before === 'string') {
    return before;
  }
  const [only, ...others] = offeredTenants(context);
  return others.length === 0 ? only?.id : undefined;
}
