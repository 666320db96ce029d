import type { Prepare } from './candidates';
import { environmentPrefix } from './scopeRequest';
import { within, type Clock } from '../../core/base/clock';
import { needsRefresh } from '../../core/model/refreshMeans';
import type { Session } from '../../core/model/session';
import type { Rejection } from '../../core/rejections/rejections';

/** One challenge of a `WWW-Authenticate` header, as VS Code has parsed it. */
export interface Challenge {
  readonly scheme: string;
  readonly params: Readonly<Record<string, string>>;
}

/** What an environment answered to another extension, and the scopes that the extension asks for. */
export interface Constraint {
  readonly challenges: readonly Challenge[];
  readonly fallbackScopes?: readonly string[];
}

export interface ChallengedParts {
  /** Reports a token that may have been rejected: Reltio is asked about it before anything else happens. Never rejects. */
  readonly report: (accessToken: string) => Promise<Rejection>;
  readonly clock: Clock;
}

export interface Challenged {
  readonly scopes: readonly string[];
  /** What removes VS Code's entry "Sign in with Reltio to use X" for it; undefined if that cannot be known. */
  readonly entry: readonly string[] | undefined;
  /** @throws {Failure} if the token is known to be not valid and cannot be refreshed now */
  readonly prepare: Prepare;
}

export function readConstraint(constraint: Constraint, parts: ChallengedParts): Challenged {
  return {
    scopes: scopesOf(constraint),
    entry: entryOf(constraint),
    prepare: (session, wait) => checkChallenged(constraint, session, wait, parts),
  };
}

/**
 * The scopes to ask for. A server demands more of them by `insufficient_scope` only (RFC 6750 section 3.1); in other
 * challenges `scope` is a description. `RELTIO_ENVIRONMENT:<name>` comes from the extension only and is never lost: a server
 * could choose another account with it, whose token the extension would send to that server.
 */
function scopesOf({ challenges, fallbackScopes = [] }: Constraint): readonly string[] {
  const demanded = challenges
    .filter((challenge) => errorOf(challenge) === 'insufficient_scope')
    .flatMap((challenge) => (parameter(challenge, 'scope') ?? '').split(' '))
    .filter((scope) => scope !== '' && !scope.startsWith(environmentPrefix) && !fallbackScopes.includes(scope));
  return demanded.length === 0 ? fallbackScopes : [...fallbackScopes, ...new Set(demanded)];
}

/**
 * Checks the token of a session, if the challenge says that a token was rejected. It does not say which: it may be one that
 * was refreshed since, or that of another account. A token that is refreshed anyway before it is returned needs no check.
 *
 * @param wait how long this may take (milliseconds)
 * @returns what is left of this time
 * @throws {Failure} if the token is known to be not valid and cannot be refreshed now
 */
async function checkChallenged(
  { challenges }: Constraint,
  session: Session,
  wait: number,
  { report, clock }: ChallengedParts,
): Promise<number> {
  const isRejected = challenges.some((challenge) => errorOf(challenge) === 'invalid_token');
  if (!isRejected || needsRefresh(session, clock.now())) {
    return wait;
  }
  const start = clock.steady();
  const outcome = await within(clock, wait, report(session.tokens.accessToken), () => undefined);
  if (outcome?.kind === 'notNow' && outcome.isNotValid === true) {
    throw outcome.failure;
  }
  return Math.max(wait - (clock.steady() - start), 0);
}

/** A longer header is not remembered (characters). */
const maxHeader = 2_000;

/**
 * VS Code 1.139 names such an entry after the header and the scopes, and removes it when a session is announced with the words
 * of this name as its scopes. It passes the header on in parts, so here it is put together again as servers usually write it;
 * if this one writes it otherwise, the entry stays until the window is reloaded.
 */
function entryOf({ challenges, fallbackScopes = [] }: Constraint): readonly string[] | undefined {
  const header = challenges
    .map(({ scheme, params }) =>
      `${scheme} ${Object.entries(params)
        .map(([name, value]) => `${name}="${value}"`)
        .join(', ')}`.trimEnd(),
    )
    .join(', ');
  return header.length > maxHeader ? undefined : `${header}:${fallbackScopes.join(' ')}`.split(' ');
}

function errorOf(challenge: Challenge): string | undefined {
  return challenge.scheme.toLowerCase() === 'bearer' ? parameter(challenge, 'error') : undefined;
}

/** Names of parameters are compared without case (RFC 9110 section 11.2). */
function parameter({ params }: Challenge, name: string): string | undefined {
  return Object.entries(params).find(([key]) => key.toLowerCase() === name)?.[1];
}
