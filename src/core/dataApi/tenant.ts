import { isObject, type Json } from '../base/json';

/** A tenant that a token reaches in an environment. */
export interface Tenant {
  readonly id: string;
  readonly name?: string;
  readonly customer?: string;
}

/**
 * Whether a text can be the id of a tenant. Reltio's consist of letters and digits; dots, hyphens and underscores are
 * accepted too. The id becomes a part of URLs, so it must not change their path: no slash, and no `..`.
 */
export function isTenantId(text: string): boolean {
  return /^(?!\.+$)[\w.-]{1,100}$/.test(text);
}

/** Where the addresses of Reltio's user interface and of its API name the tenant (docs/reltio.md, R33). */
const tenantPath = /^\/(?:n?ui|reltio\/(?:api|tenants|permissions|status\/tenant))\/([^/?#]+)/i;

/** The id of the tenant in the path of such an address, if there is one. */
export function tenantInPath(path: string): string | undefined {
  const id = tenantPath.exec(path)?.[1];
  return id !== undefined && isTenantId(id) ? id : undefined;
}

/**
 * Reads the list of `/reltio/enhancedTenants` (docs/reltio.md, R31). An entry without an id is left out, and so is a
 * second one with the same id.
 */
export function tenantsIn(list: readonly unknown[]): readonly Tenant[] {
  const byId = new Map<string, Tenant>();
  for (const entry of list) {
    const { tenantId, tenantName, customerName }: Json = isObject(entry) ? entry : { tenantId: entry };
    const id = textOf(tenantId);
    if (id !== undefined && isTenantId(id) && !byId.has(id)) {
      const [name, customer] = [textOf(tenantName), textOf(customerName)];
      byId.set(id, {
        id,
        ...(name === undefined ? {} : { name }),
        ...(customer === undefined ? {} : { customer }),
      });
    }
  }
  return [...byId.values()];
}

/** Undefined for anything but a text that says something. */
export function textOf(value: unknown): string | undefined {
  const text = typeof value === 'string' ? value.trim() : '';
  return text === '' ? undefined : text;
}
