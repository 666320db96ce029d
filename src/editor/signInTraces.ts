import { accountInUseKey } from './accountInUse';
import type { Memory } from './memory';

/** The key under which the profile remembers the identity server of the last sign-in. */
export const lastServerKey = 'lastIdentityServer';

/**
 * Whether this profile, or this workspace in any profile, has seen a sign-in. Consent to a host does not count: that
 * question comes before the password.
 */
export function hasSignInTraces(globalState: Memory, workspaceState: Memory): boolean {
  return globalState.get(lastServerKey) !== undefined || workspaceState.get(accountInUseKey) !== undefined;
}
