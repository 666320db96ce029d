import { createHash, randomBytes } from 'node:crypto';
import { post, reply, type Reply } from './caller';
import type { IdentityServer } from './server';

export const redirectUri = 'http://localhost:8081';

type Fields = Readonly<Record<string, string>>;

/** What a program sends a browser with; empty values are left out. */
export function authorizationFields(more: Fields = {}): Fields {
  const fields = { tenant_id: 'AcmeDev01', client_id: 'acme_web', response_type: 'code', redirect_uri: redirectUri };
  const all = { ...fields, state: 'st&te=1', ...more };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
}

/** Opens the page, as a browser that does not follow redirects. */
export async function open(server: IdentityServer, more: Fields = {}, path = '/oauth/sso'): Promise<Reply> {
  const query = new URLSearchParams(authorizationFields(more)).toString();
  return reply(await fetch(`${server.url}${path}?${query}`, { redirect: 'manual' }));
}

/** Opens the page and presses a button: the name of a user, or cancel. */
export async function press(server: IdentityServer, user: string | undefined, more: Fields = {}, path?: string) {
  const { text } = await open(server, more, path);
  const action = /action="([^"]*)"/.exec(text)?.[1]?.replaceAll('&amp;', '&') ?? '/no-form';
  const body = new URLSearchParams(user === undefined ? {} : { user });
  return reply(await fetch(server.url + action, { method: 'POST', body, redirect: 'manual' }));
}

/** What the browser brings back to the redirect address. */
export function broughtBack({ headers }: Reply): Record<string, string> {
  return Object.fromEntries(new URL(headers.get('location') ?? 'none:').searchParams);
}

export function exchange(server: IdentityServer, more: Fields, client = server.clients.browser): Promise<Reply> {
  const form = { grant_type: 'authorization_code', redirect_uri: redirectUri, ...more };
  return post(
    server,
    '/oauth/token',
    Object.fromEntries(Object.entries(form).filter(([, value]) => value !== '')),
    client,
  );
}

export function newChallenge(): { verifier: string; challenge: Fields } {
  const verifier = randomBytes(32).toString('base64url');
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  return { verifier, challenge: { code_challenge: challenge, code_challenge_method: 'S256' } };
}
