/** The client id and secret that Reltio gave the developer (RFC 6749 section 2.3.1). */
export interface Client {
  readonly id: string;
  readonly secret: string;
}

/**
 * The client whose Basic header Reltio's own pages print, for example
 * https://docs.reltio.com, "Obtaining an Access Token with Password Grant Type". It is public; it is used only when the
 * person picks it by its name.
 */
export const documentedClient: Client = { id: 'reltio_ui', secret: 'secret' };

/**
 * The `Authorization` value. Id and secret go in raw: the form-encoding of RFC 6749 would turn `reltio_ui` into
 * `reltio%5Fui`, which Reltio's server does not decode.
 */
export function basicHeader(client: Client): string {
  return `Basic ${Buffer.from(`${client.id}:${client.secret}`, 'utf8').toString('base64')}`;
}

/** Whether a text means to be a Basic header, so that one pasted into another box is understood. */
export function looksLikeBasicHeader(text: string): boolean {
  return /^\s*["']?(authorization\s*:\s*)?basic\s+\S/i.test(text);
}

/**
 * Reads a Basic header as people paste it: with or without `Authorization:` and `Basic`, with quotes, blanks and line
 * ends. Returns undefined where it does not decode to `id:secret`.
 */
export function parseBasicHeader(text: string): Client | undefined {
  const encoded = text
    .trim()
    .replace(/^["']|["']$/g, '')
    .replace(/^authorization\s*:\s*/i, '')
    .replace(/^basic\s+/i, '')
    .replace(/\s+/g, '');
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(encoded) || encoded.replace(/=+$/, '').length % 4 === 1) {
    return undefined;
  }
  const decoded = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = decoded.indexOf(':');
  if (colon < 1 || colon === decoded.length - 1 || hasControlCharacter(decoded) || decoded.includes('\uFFFD')) {
    return undefined;
  }
  return { id: decoded.slice(0, colon), secret: decoded.slice(colon + 1) };
}

function hasControlCharacter(text: string): boolean {
  return Array.from(text).some((character) => character < ' ' || character === '\u007F');
}
