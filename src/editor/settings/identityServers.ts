import { checkAddress, type TrustedSuffixes } from '../../core/trust/trustedHosts';
import { defaultIdentityServer } from './defaultIdentityServer';
import type { Environment } from './environments';

/**
 * The identity servers that offer a sign-in: those of the environments, and Reltio's own if it is trusted. Without any
 * other, Reltio's own is always offered, so that a sign-in says what is wrong with it.
 */
export function identityServersOf(environments: readonly Environment[], trusted: TrustedSuffixes): readonly string[] {
  const named = [...new Set(environments.map(({ identityServer }) => identityServer))];
  const offersDefault = named.length === 0 || checkAddress(defaultIdentityServer, trusted).ok;
  return offersDefault ? [...new Set([...named, defaultIdentityServer])] : named;
}
