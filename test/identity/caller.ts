import type { Client } from './clients';
import { type IdentityServer, type Options, startIdentityServer } from './server';
import type { User } from './users';

/** A response as a caller sees it; `body` is empty if the text is not a JSON object. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Record<string, unknown>;
}

type Fields = Readonly<Record<string, string>>;

/** A new server for each test of the describe block that calls this. */
export function serverForEachTest(options: () => Partial<Options> = () => ({})): () => IdentityServer {
  let server: IdentityServer | undefined;
  beforeEach(async () => {
    server = await startIdentityServer(options());
  });
  afterEach(async () => {
    await server?.close();
    server = undefined;
  });
  return () => {
    if (!server) {
      throw new Error('The server runs during a test only.');
    }
    return server;
  };
}

/** Posts a form with a client's Basic header; the client is `reltio_ui` by default. */
export async function post(
  server: IdentityServer,
  path: string,
  form: Fields,
  client: Client | undefined = server.clients.documented,
): Promise<Reply> {
  return reply(
    await fetch(server.url + path, {
      method: 'POST',
      headers: { authorization: client.basic },
      body: new URLSearchParams(form),
      redirect: 'manual',
    }),
  );
}

export function signIn(server: IdentityServer, user: User = server.users.plain, client?: Client): Promise<Reply> {
  return post(server, '/oauth/token', passwordForm(user), client);
}

export function passwordForm(user: User): Fields {
  return { grant_type: 'password', username: user.name, password: user.password };
}

export function refresh(server: IdentityServer, refreshToken: unknown, client?: Client): Promise<Reply> {
  return post(server, '/oauth/token', { grant_type: 'refresh_token', refresh_token: String(refreshToken) }, client);
}

export function check(server: IdentityServer, token: unknown): Promise<Reply> {
  return post(server, '/oauth/checkToken', { token: String(token) });
}

/** The status of a data API call with a bearer: 200 while the token is valid. */
export async function useToken(server: IdentityServer, token: unknown): Promise<number> {
  return (await get(server, '/reltio/enhancedTenants?showAll=true', token)).status;
}

export async function get(server: IdentityServer, path: string, token: unknown = ''): Promise<Reply> {
  const headers: Fields = token === '' ? {} : { authorization: `Bearer ${String(token)}` };
  return reply(await fetch(server.url + path, { headers, redirect: 'manual' }));
}

export async function reply(response: Response): Promise<Reply> {
  const text = await response.text();
  let body: Record<string, unknown> = {};
  try {
    body = JSON.parse(text) as Record<string, unknown>;
  } catch {
    // HTML, an empty body or truncated JSON: `text` has it.
  }
  return { status: response.status, headers: response.headers, text, body };
}

export function stateTokenOf({ body }: Reply): { token: string } & Record<string, unknown> {
  return body['state_token'] as { token: string } & Record<string, unknown>;
}
