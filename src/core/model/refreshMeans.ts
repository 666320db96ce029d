import type { Session } from './session';
import { isExpired, isFromFuture, refreshMargin, shouldRefresh } from './tokens';

/** How a session gets its next access token. */
export type RefreshMeans =
  | { readonly kind: 'refreshToken'; readonly refreshToken: string }
  | { readonly kind: 'clientAgain' }
  | { readonly kind: 'none' };

/** The one place that decides how a session is refreshed. */
export function howItRefreshes({ renewal = 'refreshToken', tokens: { refreshToken } }: Session): RefreshMeans {
  switch (renewal) {
    case 'refreshToken':
      return refreshToken === undefined ? { kind: 'none' } : { kind: 'refreshToken', refreshToken };
    case 'clientAgain':
    case 'none':
      return { kind: renewal };
  }
}

/** Whether a new access token can be requested without the user. Only the server decides whether that succeeds. */
export function canRefresh(session: Session): boolean {
  return howItRefreshes(session).kind !== 'none';
}

/**
 * Whether to refresh before returning the token to a caller. A client is not asked for its token again before the old one
 * has expired: Reltio would return the same one (docs/reltio.md, R6). Only if the clock was set back, so that the expiry
 * is unknown, is the answer worth a request.
 *
 * @param minimum for how long the caller needs the token, at least (milliseconds)
 */
export function needsRefresh(session: Session, now: number, minimum = 0): boolean {
  const { tokens } = session;
  return howItRefreshes(session).kind === 'clientAgain'
    ? isFromFuture(tokens, now) || isExpired(tokens, now)
    : shouldRefresh(tokens, now, Math.max(minimum, refreshMargin));
}

/**
 * Whether to ask Reltio about the token before requesting another that may not be needed: a client that asks too early gets
 * the same token, or uses up its quota (docs/reltio.md, R6 and R17).
 */
export function isCheckedFirst(session: Session, now: number): boolean {
  const isUndisputed = session.state === 'signedIn';
  return isUndisputed && howItRefreshes(session).kind === 'clientAgain' && !needsRefresh(session, now);
}
