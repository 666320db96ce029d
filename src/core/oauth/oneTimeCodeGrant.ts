import type { Grant } from './grant';

/** Reltio's second step after a password where the account has multi-factor authentication. */
export function oneTimeCodeGrant(stateToken: string, code: string): Grant {
  return { kind: 'oneTimeCode', form: { grant_type: 'state_token', state_token: stateToken, totp: code } };
}
