import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ProviderContext } from 'oidc-provider';
import type { Client } from '../../src/core/oauth/client';

/** The user that every sign-in page of this server signs in. */
export const user = 'jane@acme.com';
export const scopes = ['configuration_api', 'entities_api'];

/** Each authenticates in its own way, and may use every grant. */
export const clients = {
  basic: { id: 'reltio_ui', secret: 'secret' },
  body: { id: 'acme_body', secret: 'body-secret', authentication: 'client_secret_post' },
  /** Its secret means something else once it is decoded, as RFC 6749 section 2.3.1 says of the header. */
  decoded: { id: 'acme_encoded', secret: 'a%2Bb+c' },
  withoutSecret: { id: 'acme_desktop', secret: '', authentication: 'none' },
} as const satisfies Record<string, Client>;

interface Owned {
  readonly clientId: string;
}

const api = 'https://api.acme.example';

export interface StandardServer {
  readonly url: string;
  /** Whether refreshes return a new refresh token. If so, using an old one revokes all tokens of its sign-in. */
  rotates: boolean;
  /** Whether the user declines on the sign-in page. */
  declines: boolean;
  knowsAccessToken(token: string): Promise<boolean>;
  knowsRefreshToken(token: string): Promise<boolean>;
  close(): Promise<void>;
}

/**
 * A certified OpenID provider at the paths of a Reltio identity server: what others wrote from the standards, to show
 * that this extension does not only understand the server that its own tests contain.
 */
export async function startStandardServer(): Promise<StandardServer> {
  const { default: Provider } = await quietly(() => import('oidc-provider'));
  let listener: RequestListener = () => undefined;
  const server = createServer((request, response) => {
    listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const running: StandardServer = {
    url,
    rotates: true,
    declines: false,
    knowsAccessToken: async (token) =>
      (await provider.AccessToken.find(token)) !== undefined ||
      (await provider.ClientCredentials.find(token)) !== undefined,
    knowsRefreshToken: async (token) => (await provider.RefreshToken.find(token)) !== undefined,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
  const provider = await quietly(
    () =>
      new Provider(
        url,
        configuration(() => running.rotates),
      ),
  );
  provider.use(async (context, next) => {
    if (context.path === '/oauth/sso') {
      context.query = { scope: scopes.join(' '), ...context.query }; // RFC 6749 section 3.3: the default of the server
    }
    await next();
  });
  const answer = provider.callback();
  listener = (request, response) => {
    if (request.url?.startsWith('/login/') === true) {
      const result = running.declines
        ? { error: 'access_denied', error_description: 'The user declined.' }
        : { login: { accountId: user }, consent: {} };
      void provider.interactionFinished(request, response, result);
    } else {
      answer(request, response);
    }
  };
  return running;
}

function configuration(rotates: () => boolean): Readonly<Record<string, unknown>> {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return {
    routes: { authorization: '/oauth/sso', token: '/oauth/token', revocation: '/oauth/revoke' },
    clients: Object.values(clients).map(registered),
    clientDefaults: { id_token_signed_response_alg: 'ES256' },
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig' }] },
    cookies: { keys: [randomUUID()] },
    ttl: {
      AccessToken: 3600,
      ClientCredentials: 3600,
      RefreshToken: 2_419_200,
      Grant: 2_419_200,
      Session: 600,
      Interaction: 600,
    },
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => api,
        getResourceServerInfo: () => ({ scope: scopes.join(' '), accessTokenFormat: 'opaque' }),
        useGrantedResource: () => true,
      },
      revocation: {
        enabled: true,
        allowedPolicy: (_context: ProviderContext, { clientId }: Owned, token: Owned) => clientId === token.clientId,
      },
    },
    rotateRefreshToken: rotates,
    issueRefreshToken: () => true,
    interactions: { url: (_context: ProviderContext, { uid }: { readonly uid: string }) => `/login/${uid}` },
    findAccount: (_context: ProviderContext, accountId: string) => ({ accountId, claims: () => ({ sub: accountId }) }),
    loadExistingGrant: async ({ oidc: { provider, client, session } }: ProviderContext) => {
      const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addResourceScope(api, scopes.join(' '));
      await grant.save();
      return grant;
    },
  };
}

function registered({ id, secret, authentication }: Client): Readonly<Record<string, unknown>> {
  return {
    client_id: id,
    ...(secret === '' ? {} : { client_secret: secret }),
    token_endpoint_auth_method: authentication ?? 'client_secret_basic',
    application_type: 'native',
    redirect_uris: ['http://localhost:8081', 'http://127.0.0.1'],
    response_types: ['code'],
    grant_types: ['authorization_code', 'refresh_token', ...(secret === '' ? [] : ['client_credentials'])],
  };
}

/** Without the hints that oidc-provider prints for those who run it in production. */
async function quietly<T>(work: () => T | Promise<T>): Promise<T> {
  const { warn, info } = console;
  console.warn = console.info = () => undefined;
  try {
    return await work();
  } finally {
    Object.assign(console, { warn, info });
  }
}
