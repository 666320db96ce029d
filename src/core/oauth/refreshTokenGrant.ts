import type { Grant } from './grant';

/** RFC 6749 section 6. Answered only to the client that the refresh token was issued to. */
export function refreshTokenGrant(refreshToken: string): Grant {
  return { kind: 'refreshToken', form: { grant_type: 'refresh_token', refresh_token: refreshToken } };
}
