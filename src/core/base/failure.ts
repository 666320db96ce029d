import type { FailureCode } from './failureTable';

export type { FailureCode };

export interface FailureDetails {
  /** Host name (and port) of the server that was asked. */
  readonly host?: string;
  /** The port of this machine on which we could not listen. */
  readonly port?: number;
  /** HTTP status, if the server responded. */
  readonly status?: number;
  /** How long a 429 or 503 asked us to wait, in milliseconds. */
  readonly retryAfterMs?: number;
  /** When the server's `Retry-After` or our own limit allows the next attempt, milliseconds since 1970. */
  readonly retryAt?: number;
  /** Node's own error code, such as `CERT_HAS_EXPIRED`. Never text from a response. */
  readonly nodeCode?: string;
  /** For how long the token is still valid. */
  readonly secondsLeft?: number;
  /** What there is to choose from: labels of accounts, or names of environments. */
  readonly names?: readonly string[];
  /** The failure behind this one. */
  readonly cause?: Failure;
}

/**
 * Why a call to the identity server failed, or why a session has no usable token. Decisions are made on `code`, never
 * on text: `failureTable` says what a code means, and `editor/messages` says it to the user.
 *
 * Contains no text from any response, because Reltio's error bodies repeat the rejected token.
 */
export class Failure extends Error {
  override readonly name = 'ReltioFailure';
  readonly host: string | undefined;
  readonly port: number | undefined;
  readonly status: number | undefined;
  readonly retryAfterMs: number | undefined;
  readonly retryAt: number | undefined;
  readonly nodeCode: string | undefined;
  readonly secondsLeft: number | undefined;
  readonly names: readonly string[];

  constructor(
    readonly code: FailureCode,
    details: FailureDetails = {},
  ) {
    super(
      [code, details.host, details.status, details.nodeCode].filter((part) => part !== undefined).join(' '),
      details.cause === undefined ? {} : { cause: details.cause },
    );
    this.host = details.host;
    this.port = details.port;
    this.status = details.status;
    this.retryAfterMs = details.retryAfterMs;
    this.retryAt = details.retryAt;
    this.nodeCode = details.nodeCode;
    this.secondsLeft = details.secondsLeft;
    this.names = details.names ?? [];
  }
}

/** The failure of a call to this host. */
export function failedTransport(
  host: string,
  { code, nodeCode, status }: { readonly code: FailureCode; readonly nodeCode?: string; readonly status?: number },
): Failure {
  return new Failure(code, {
    host,
    ...(nodeCode === undefined ? {} : { nodeCode }),
    ...(status === undefined ? {} : { status }),
  });
}

/** Use this instead of `instanceof`: each bundle file that needs the class has its own copy of it. */
export function isFailure(value: unknown): value is Failure {
  return value instanceof Error && value.name === 'ReltioFailure' && 'code' in value;
}

/**
 * Whether one of our files is missing: VS Code deletes those of an old version, even while a window still uses it. That says
 * nothing about a server, and nothing about what is stored.
 */
export function isWindowOutdated(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^(MODULE_NOT_FOUND|windowOutdated)$/.test(String(error.code));
}

/** The failure that an error means; undefined if it says nothing to the user. */
export function asFailure(error: unknown): Failure | undefined {
  if (isFailure(error)) {
    return error;
  }
  return isWindowOutdated(error) ? new Failure('windowOutdated') : undefined;
}

export function isCancelled(error: unknown): boolean {
  return isFailure(error) && error.code === 'cancelled';
}
