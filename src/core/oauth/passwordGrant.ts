import type { Grant } from './grant';

/** RFC 6749 section 4.3: the user's own Reltio password. */
export function passwordGrant(username: string, password: string): Grant {
  return { kind: 'password', form: { grant_type: 'password', username, password } };
}
