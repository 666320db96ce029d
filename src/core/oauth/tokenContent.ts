import { parseJsonObject } from '../base/json';

/** What an access token says of itself. None of it is verified: only Reltio can check the signature. */
export interface TokenContent {
  readonly user: string | undefined;
  /** The tenants or the customer. */
  readonly tenants: readonly string[];
  /** Address of the identity server that issued it; missing in tokens of the original one. */
  readonly issuer: string | undefined;
}

/** Unpacks zstd data. Throws if it is not, or if there is more than `maxLength` bytes. */
export type Unpack = (packed: Buffer, maxLength: number) => Buffer;

/** Real tokens have a few thousand characters. */
const maxLength = 65_536;

/**
 * Reads a token of the form `s.<base64url of zstd of JSON>.<signature>` (docs/reltio.md, R41). For display only: nothing is
 * decided by it, and the expiry never comes from here.
 *
 * @returns `opaque` for a token of another form, such as a UUID; `unreadable` for one that cannot be unpacked
 */
export function tokenContent(accessToken: string, unpack: Unpack): TokenContent | 'opaque' | 'unreadable' {
  const packed = /^s\.([\w-]+=*)\.[^.]+$/.exec(accessToken)?.[1];
  if (packed === undefined) {
    return 'opaque';
  }
  const json = packed.length > maxLength ? undefined : jsonIn(packed, unpack);
  if (json === undefined) {
    return 'unreadable';
  }
  return { user: textsOf(json['u'])[0], tenants: textsOf(json['t']), issuer: textsOf(json['aurl'])[0] };
}

function jsonIn(packed: string, unpack: Unpack): ReturnType<typeof parseJsonObject> {
  try {
    const unpacked = unpack(Buffer.from(packed, 'base64url'), maxLength);
    return unpacked.length > maxLength ? undefined : parseJsonObject(unpacked.toString('utf8'));
  } catch {
    return undefined; // a server may have put anything into it
  }
}

function textsOf(value: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.filter((one): one is string => typeof one === 'string' && one.trim() !== '').map((one) => one.trim());
}
