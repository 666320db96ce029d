import { accountInUseKey } from './accountInUse';
import type { Memory } from './memory';
import { lastServerKey } from '../features/signIn/lastSignIn';

/**
 * Whether this profile, or this workspace in any profile, has seen a sign-in. Hosts that a person agreed to do not count:
 * that question comes before the password.
 */
export function hasSignInTraces(globalState: Memory, workspaceState: Memory): boolean {
  return globalState.get(lastServerKey) !== undefined || workspaceState.get(accountInUseKey) !== undefined;
}
