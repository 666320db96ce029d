import * as v from 'valibot';
import type { Json } from '../base/json';
import type { DocumentFormat } from './documentFormat';
import type { FormerRefreshToken } from '../model/formerRefreshTokens';
import type { Session } from '../model/session';
import { renewals, type SignInMethod } from '../model/signInMethod';
import type { Tokens } from '../model/tokens';

/** Everything under the secret key `sessions`. */
export interface SessionDocument {
  /** Identifies the store: two browsers, or two machines, may share a storage folder but not their secrets. */
  readonly storeId: string;
  /** Grows with every write. */
  readonly revision: number;
  readonly sessions: readonly Session[];
  /** Entries that could not be read, kept unchanged, so that one bad entry does not lose the others. */
  readonly unreadable: readonly unknown[];
  readonly formerRefreshTokens: readonly FormerRefreshToken[];
  /** When the user last had everything forgotten, if ever (milliseconds since 1970). */
  readonly forgottenAt?: number;
}

export function emptyDocument(storeId: string): SessionDocument {
  return { storeId, revision: 0, sessions: [], unreadable: [], formerRefreshTokens: [] };
}

/** The year 9999. A later time cannot be shown, and adding to it may give an invalid date. */
const latest = Date.UTC(9999, 0);
const time = v.pipe(
  v.number(),
  v.check((value) => Math.abs(value) <= latest),
);
/** A safe integer: a revision that cannot grow would hide every later write. */
const revision = v.pipe(
  v.number(),
  v.check((value) => Number.isSafeInteger(value)),
);
const text = v.pipe(v.string(), v.nonEmpty());

const tokensSchema = v.looseObject({
  accessToken: text,
  accessTokenReceivedAt: time,
  accessTokenExpiresAt: time,
  expiryKnownAt: time,
  expiryIsEstimate: v.boolean(),
  refreshAgainAt: time,
  refreshToken: v.exactOptional(text),
  refreshTokenReceivedAt: v.exactOptional(time),
  scopes: v.exactOptional(v.array(text)),
});

export function parseTokens(json: Json): Tokens | undefined {
  const parsed = v.safeParse(tokensSchema, json);
  return parsed.success ? parsed.output : undefined;
}

/** Accepts only what `checkAddress` returns, because the address is compared and shown as it is. */
function isOrigin(address: string): boolean {
  return /^https?:/.test(address) && URL.canParse(address) && new URL(address).origin === address;
}

/** The stored form of a sign-in method. */
export interface StoredMethod {
  readonly schema: v.GenericSchema<unknown, SignInMethod>;
}

/** Loose, so that a field added by a newer version survives a write of an older window. */
const sessionSchema = (methods: readonly StoredMethod[]) =>
  v.looseObject({
    id: text,
    account: v.looseObject({
      identityServer: v.pipe(text, v.check(isOrigin)),
      clientId: text,
      user: v.exactOptional(text),
    }),
    clientId: v.exactOptional(text),
    method: v.union(methods.map(({ schema }) => schema)),
    renewal: v.exactOptional(v.picklist(renewals)),
    signedInAt: time,
    state: v.picklist(['signedIn', 'signInAgain', 'clientRejected', 'rejected']),
    refreshErrors: v.exactOptional(v.fallback(v.object({ from: time, to: time }), { from: 0, to: 0 })),
    tokens: tokensSchema,
  });

const documentSchema = v.object({
  storeId: text,
  revision,
  sessions: v.array(v.unknown()),
  unreadable: v.exactOptional(v.array(v.unknown()), []),
  formerRefreshTokens: v.fallback(v.array(v.object({ hash: text, receivedAt: time })), []),
  forgottenAt: v.exactOptional(time),
});

/** A session with any other sign-in method counts as unreadable, and is kept unchanged. */
export function sessionFormat(methods: readonly StoredMethod[]): DocumentFormat<SessionDocument> {
  const schema = sessionSchema(methods);
  return { key: 'sessions', upgrades: [], parse: (json) => parseDocument(json, schema) };
}

function parseDocument(json: Json, schema: ReturnType<typeof sessionSchema>): SessionDocument | undefined {
  const outer = v.safeParse(documentSchema, json);
  if (!outer.success) {
    return undefined;
  }
  const sessions: Session[] = [];
  const unreadable: unknown[] = [];
  // This version may be able to read what an older one could not.
  for (const entry of [...outer.output.sessions, ...outer.output.unreadable]) {
    const session = v.safeParse(schema, entry);
    if (session.success) {
      sessions.push(session.output);
    } else {
      unreadable.push(entry);
    }
  }
  return { ...outer.output, sessions, unreadable };
}
