import type { Session } from '../../core/model/session';

/**
 * What a session says of its expiry, in milliseconds from now. It is not yet in VS Code's API, but its own providers set it,
 * and VS Code passes it on: 1.139 uses it if it is a whole number above 0. So it is missing if the token is not valid any more.
 */
export function expiresAfter({ state }: Session, timeLeft: number): { readonly expiresAfter?: number } {
  const left = state === 'rejected' ? 0 : Math.floor(timeLeft);
  return left > 0 ? { expiresAfter: left } : {};
}
