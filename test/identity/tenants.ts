/** A tenant as `/reltio/enhancedTenants` lists it. */
export interface Tenant {
  readonly tenantId: string;
  readonly tenantName: string;
  readonly customerName: string;
}

/** No user has access to the last one, unless a test adds it to `user.tenants`. */
export const tenants: readonly Tenant[] = [
  { tenantId: 'AcmeDev01', tenantName: 'Acme Development', customerName: 'Acme' },
  { tenantId: 'AcmeTest01', tenantName: 'Acme Test', customerName: 'Acme' },
  { tenantId: 'GlobexProd', tenantName: 'Globex Production', customerName: 'Globex' },
];

/** A tenant by its id. Any other id that a test gives a user is a tenant too. */
export function tenantOf(tenantId: string): Tenant {
  const known = tenants.find((tenant) => tenant.tenantId === tenantId);
  return known ?? { tenantId, tenantName: `Tenant ${tenantId}`, customerName: 'Acme' };
}
