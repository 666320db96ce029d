import { Failure } from '../base/failure';
import type { TokenWish } from './tokenWish';

/** A token, and what `--json` says about it. */
export interface PrintableToken {
  readonly accessToken: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
  readonly metadata: TokenMetadata;
}

/** What is known about a token, under the names that programs read. */
interface TokenMetadata {
  /** The label of the account. */
  readonly account: string;
  /** Its origin, such as `https://auth.reltio.com`. */
  readonly identity_server: string;
  /** The name of the environment. */
  readonly environment?: string;
  readonly tenant?: string;
}

/**
 * What `reltio-token` prints.
 *
 * @throws {Failure} `tokenNotForShell` if a terminal, a shell or an HTTP client could take a part of the token for something else;
 *   JSON can carry any token
 */
export function printedToken({ accessToken, expiresAt, metadata }: PrintableToken, form: TokenWish['form']): string {
  switch (form) {
    case 'token':
      return `${plain(accessToken)}\n`;
    case 'header':
      return `Authorization: Bearer ${plain(accessToken)}\n`;
    case 'json':
      return `${inAscii(JSON.stringify({ access_token: accessToken, expires_at: wholeSeconds(expiresAt), metadata }))}\n`;
  }
}

/** As in RFC 6750 section 2.1, and = also between the parts of a token. */
function plain(accessToken: string): string {
  if (!/^[\w.~+/=-]+$/.test(accessToken)) {
    throw new Failure('tokenNotForShell');
  }
  return accessToken;
}

/** RFC 3339 has four digits for the year. */
const lastMoment = Date.UTC(9999, 11, 31, 23, 59, 59);

/** RFC 3339, rounded down: nobody may think that the token is valid for longer than it is. */
function wholeSeconds(time: number): string {
  return `${new Date(Math.min(time, lastMoment)).toISOString().slice(0, 19)}Z`;
}

/** The console of Windows has an encoding of its own, and a terminal obeys some of these characters. */
function inAscii(json: string): string {
  return json.replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
