/* Reltio's own pages behind the "What is this?" buttons. Constants of their own, so that a bundle file gets what it uses. */

const authenticationApi =
  'https://docs.reltio.com/en/developer-resources/system-administration-apis/system-administration-apis-at-a-glance/authentication-api';

export const methods = `${authenticationApi}/access-reltio-apis`;
export const identityProvider = `${authenticationApi}/getting-a-reltio-access-token-from-a-third-party-idp`;
export const client = `${authenticationApi}/access-token-authentication`;
export const password = `${authenticationApi}/obtaining-an-access-token-with-password-grant-type`;
export const oneTimeCode = `${authenticationApi}/access-token-authentication/get-access-token-with-mfa`;
