/** What this server offers, in the order in which a developer needs it. */
export function addresses(url: string): readonly { readonly what: string; readonly address: string }[] {
  const request = new URLSearchParams({
    tenant_id: 'AcmeDev01',
    client_id: 'acme_web',
    response_type: 'code',
    redirect_uri: 'http://localhost:8081',
    state: 'any-text',
  });
  return [
    { what: 'token', address: `${url}/oauth/token` },
    { what: 'check a token', address: `${url}/oauth/checkToken` },
    { what: 'revoke a token', address: `${url}/oauth/revoke` },
    { what: 'browser sign-in', address: `${url}/oauth/sso?${request.toString()}` },
    { what: 'login page', address: `${url}/ai/tools/.well-known/oauth-authorization-server` },
    { what: 'environment', address: `${url}/reltio/status` },
    { what: 'tenants', address: `${url}/reltio/enhancedTenants?showAll=true` },
  ];
}
