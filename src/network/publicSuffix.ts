import { getPublicSuffix } from 'tldts';

/**
 * Whether everybody can get a host below this name (`co.uk`, `github.io`): trusting it would trust them all. Brings the
 * public suffix list with it, so it is loaded only where the person has named hosts of their own.
 */
export function isPublicSuffix(name: string): boolean {
  return getPublicSuffix(name, { allowPrivateDomains: true }) === name;
}
