import { checkAddress, type TrustedSuffixes } from '../../core/trust/trustedHosts';
import { defaultIdentityServer } from './defaultIdentityServer';
import type { Environment } from './environments';

/**
 * Where one can sign in: at the identity servers of the environments, and at Reltio's own where it is trusted. It stays
 * where there is no other, so that a sign-in says what is wrong with it.
 */
export function identityServersOf(environments: readonly Environment[], trusted: TrustedSuffixes): readonly string[] {
  const named = [...new Set(environments.map(({ identityServer }) => identityServer))];
  const offersDefault = named.length === 0 || checkAddress(defaultIdentityServer, trusted).ok;
  return offersDefault ? [...new Set([...named, defaultIdentityServer])] : named;
}
