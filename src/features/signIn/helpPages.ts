/* Reltio's own pages behind the "What is this?" buttons. */

export const methods = page('access-reltio-apis');
export const identityProvider = page('getting-a-reltio-access-token-from-a-third-party-idp');
export const client = page('access-token-authentication');
export const password = page('obtaining-an-access-token-with-password-grant-type');
export const clientCredentials = page('obtaining-access-tokens-with-client-credentials-grant-type');
export const oneTimeCode = page('access-token-authentication/get-access-token-with-mfa');

export const browser =
  'https://docs.reltio.com/en/objectives/administer-system/system-administration-at-a-glance/access-management-at-a-glance/' +
  'access-management-operation/authentication/authenticate-with-sso/sso-configuration/obtain-an-access-token-for-sso-users';
export const loginPage =
  'https://docs.reltio.com/en/developer-resources/ai-integrations/reltio-model-context-protocol-mcp-server-at-a-glance/' +
  'authentication-flow-for-the-agentflow-mcp-server';

function page(path: string): string {
  return (
    'https://docs.reltio.com/en/developer-resources/system-administration-apis/' +
    `system-administration-apis-at-a-glance/authentication-api/${path}`
  );
}
