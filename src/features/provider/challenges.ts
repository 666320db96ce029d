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

/**
 * The scopes to ask for. A server demands more of them by `insufficient_scope` only (RFC 6750 section 3.1); in other
 * challenges `scope` is a description. `RELTIO_ENVIRONMENT:<name>` comes from the extension and is never lost.
 */
export function scopesOf({ challenges, fallbackScopes = [] }: Constraint): readonly string[] {
  const demanded = challenges
    .filter((challenge) => errorOf(challenge) === 'insufficient_scope')
    .flatMap((challenge) => (parameter(challenge, 'scope') ?? '').split(' '))
    .filter((scope) => scope !== '' && !fallbackScopes.includes(scope));
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
export async function checkChallenged(
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

function errorOf(challenge: Challenge): string | undefined {
  return challenge.scheme.toLowerCase() === 'bearer' ? parameter(challenge, 'error') : undefined;
}

/** Names of parameters are compared without case (RFC 9110 section 11.2). */
function parameter({ params }: Challenge, name: string): string | undefined {
  return Object.entries(params).find(([key]) => key.toLowerCase() === name)?.[1];
}
