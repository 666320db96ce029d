import { isUtf8 } from 'node:buffer';
import { unwrapped } from '../base/pastedText';

/** The client id and secret that Reltio gave the developer (RFC 6749 section 2.3.1). */
export interface Client {
  readonly id: string;
  /** Empty for a client without one, which a login page registered for this installation. */
  readonly secret: string;
  /** How the client proves who it is (RFC 7591 `token_endpoint_auth_method`). Missing: `client_secret_basic`. */
  readonly authentication?: 'client_secret_post' | 'none';
  /** The registration that this installation made by itself. Missing if Reltio gave the client to the user. */
  readonly registeredFor?: string;
}

/**
 * The client whose Basic header Reltio's own pages show, for example https://docs.reltio.com, "Obtaining an Access
 * Token with Password Grant Type". It is public, and is used only if the user picks it by its name.
 */
export const documentedClient: Client = { id: 'reltio_ui', secret: 'secret' };

/**
 * The `Authorization` value. Id and secret are not encoded: the form-encoding of RFC 6749 would turn `reltio_ui` into
 * `reltio%5Fui`, which Reltio's server does not decode.
 */
export function basicHeader(client: Client): string {
  return `Basic ${Buffer.from(`${client.id}:${client.secret}`, 'utf8').toString('base64')}`;
}

/**
 * The headers and the form body of a request in which the client authenticates, in one of the two places and never in
 * both (RFC 6749 section 2.3). Without a client, nobody authenticates.
 */
export function authenticatedForm(
  client: Client | undefined,
  form: Readonly<Record<string, string>>,
): { readonly headers: Readonly<Record<string, string>>; readonly body: string } {
  const headers = { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' };
  if (client === undefined) {
    return { headers, body: encoded(form) };
  }
  const { id, secret, authentication = 'client_secret_basic' } = client;
  switch (authentication) {
    case 'client_secret_basic':
      return { headers: { authorization: basicHeader(client), ...headers }, body: encoded(form) };
    case 'client_secret_post':
      return { headers, body: encoded({ ...form, client_id: id, client_secret: secret }) };
    case 'none':
      return { headers, body: encoded({ ...form, client_id: id }) };
  }
}

/** The same request with its fields as JSON. */
export function asJson({ headers, body }: ReturnType<typeof authenticatedForm>): ReturnType<typeof authenticatedForm> {
  return {
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(Object.fromEntries(new URLSearchParams(body))),
  };
}

function encoded(form: Readonly<Record<string, string>>): string {
  return new URLSearchParams(form).toString();
}

/** Whether a text looks like a Basic header, to recognise one that is pasted into another input box. */
export function looksLikeBasicHeader(text: string): boolean {
  return /^(authorization["']?\s*[:=]?\s*["']?)?basic(\s*:)?\s+\S/i.test(unwrapped(text));
}

/**
 * Parses a Basic header as users paste it: with or without `Authorization:` and `Basic`, with quotes, white space and
 * line breaks. A tool may have added a byte order mark before the id and a line break after the secret.
 *
 * @returns `notUtf8` if it contains id and secret in another encoding. They are not used, because a wrong guess of the
 *   encoding would change letters. Undefined if it does not decode to `id:secret`.
 */
export function parseBasicHeader(text: string): Client | 'notUtf8' | undefined {
  const named = unwrapped(text).replace(/^authorization["']?\s*[:=]?\s*["']?/i, '');
  const encoded = unwrapped(named.replace(/^basic(\s*:)?\s+/i, '')).replace(/\s+/g, '');
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(encoded) || encoded.replace(/=+$/, '').length % 4 === 1) {
    return undefined;
  }
  const bytes = Buffer.from(encoded, 'base64');
  if (isUtf8(bytes) && !bytes.includes(0)) {
    const decoded = bytes.toString('utf8');
    return decoded.includes('\uFFFD') ? undefined : clientIn(decoded); // a letter is already lost
  }
  return otherDecodings(bytes).some((text) => isMostlyAscii(text) && clientIn(text) !== undefined)
    ? 'notUtf8'
    : undefined;
}

function clientIn(decoded: string): Client | undefined {
  const pair = decoded.replace(/^\uFEFF/, '').replace(/[\r\n]+$/, '');
  const colon = pair.indexOf(':');
  if (colon < 1 || colon === pair.length - 1 || hasControlCharacter(pair)) {
    return undefined;
  }
  return { id: pair.slice(0, colon), secret: pair.slice(colon + 1) };
}

/** One byte per letter, or UTF-16, which PowerShell's `[Text.Encoding]::Unicode` produces: only that has zero bytes. */
function otherDecodings(bytes: Buffer): readonly string[] {
  if (!bytes.includes(0)) {
    return [bytes.toString('latin1')];
  }
  return bytes.length % 2 === 0 ? [bytes.toString('utf16le'), Buffer.from(bytes).swap16().toString('utf16le')] : [];
}

/** With one byte per letter almost anything decodes, but real ids and secrets are ASCII with few exceptions. */
function isMostlyAscii(text: string): boolean {
  const others = Array.from(text).filter((character) => character > '~').length;
  return others * 2 < text.length;
}

function hasControlCharacter(text: string): boolean {
  return Array.from(text).some((character) => character < ' ' || character === '\u007F');
}
