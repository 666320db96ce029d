const authenticationApi =
  'https://docs.reltio.com/en/developer-resources/system-administration-apis/system-administration-apis-at-a-glance/authentication-api';

/** Reltio's own pages behind the "What is this?" buttons. */
export const helpPages = {
  methods: `${authenticationApi}/access-reltio-apis`,
  identityProvider: `${authenticationApi}/getting-a-reltio-access-token-from-a-third-party-idp`,
  client: `${authenticationApi}/access-token-authentication`,
  password: `${authenticationApi}/obtaining-an-access-token-with-password-grant-type`,
  oneTimeCode: `${authenticationApi}/access-token-authentication/get-access-token-with-mfa`,
} as const;
