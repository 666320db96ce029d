import { type Answer, refusal } from './answer';
import type { Identity } from './identity';
import { sameText } from './oneTimeCode';
import type { User } from './users';

const wrong = (): Answer => refusal(400, 'invalid_grant', 'Invalid Username or Password');

/**
 * The user whose password this is, or the refusal to send. A wrong password counts towards the lock only if the user
 * exists and has a password at this provider; a locked account is refused as locked even with the right password.
 */
export function checkPassword(
  identity: Identity,
  userName: string,
  password: string,
  idpSystem: string | undefined,
): User | Answer {
  const user = identity.users.find(userName);
  // Reltio's page writes "Salesforce", "salesforce" and, in its last table, "salesforce " with a trailing space.
  const provider = idpSystem?.trim().toLowerCase();
  if (provider !== undefined && provider !== 'salesforce') {
    return refusal(400, 'invalid_request', 'Unknown idp_system');
  }
  if (!user || user.idpSystem?.toLowerCase() !== provider) {
    return wrong();
  }
  if (identity.lockout.isLocked(user)) {
    return refusal(400, 'invalid_grant', 'User account is locked');
  }
  const accepted = [user.password, ...(user.idpAccessToken === undefined ? [] : [user.idpAccessToken])];
  if (!accepted.some((secret) => sameText(secret, password))) {
    identity.lockout.failed(user, 'password');
    return wrong();
  }
  identity.lockout.succeeded(user, 'password');
  return user;
}
