import * as l10n from '@vscode/l10n';
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
  const offered = new Map<string, readonly string[]>(used === undefined ? [] : [[used, []]]);
  for (const { name, tenant, identityServer: server } of environments) {
    if (tenant !== undefined && server === identityServer) {
      offered.set(tenant, [...(offered.get(tenant) ?? []), name]);
    }
  }
  return [...offered].map(([id, names]) => ({
    id,
    from: names.length === 0 ? l10n.t('used before') : names.join(', '),
  }));
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
