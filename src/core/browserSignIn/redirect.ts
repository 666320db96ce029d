import { isBlockedPort } from './blockedPorts';
import { checkAddress, type TrustedSuffixes } from '../trust/trustedHosts';
import { listeningAddresses } from './listeningAddresses';

/** Where Reltio sends the browser after a sign-in. */
export interface Redirect {
  /**
   * As the user wrote it. Reltio compares it with a list as text (docs/reltio.md, R22), and `URL` would add a slash to
   * `http://localhost:8081`.
   */
  readonly address: string;
  /** Whether this machine can wait for the browser there. Otherwise the user pastes the address at which it arrives. */
  readonly isLocal: boolean;
}

/** The redirect address that Reltio allows for its own extension (docs/reltio.md, R22). */
export const defaultRedirect: Redirect = { address: 'http://localhost:8081', isLocal: true };

/** Why a text cannot be the redirect address. */
export type RedirectProblem = 'notAnAddress' | 'notPlain' | 'notHttps' | 'notTrusted' | 'blockedPort';

export type CheckedRedirect =
  { readonly ok: true; readonly redirect: Redirect } | { readonly ok: false; readonly problem: RedirectProblem };

/**
 * Decides whether a sign-in may end at an address: the code in it goes to whoever answers there. So it must be plain `http`
 * on this machine, or `https` on a trusted host.
 */
export function checkRedirect(text: string, trusted: TrustedSuffixes): CheckedRedirect {
  const address = text.trim();
  const refuse = (problem: RedirectProblem): CheckedRedirect => ({ ok: false, problem });
  if (!/^https?:\/\/[\x21-\x7E]+$/i.test(address) || !URL.canParse(address)) {
    return refuse('notAnAddress');
  }
  if (/[@\\?#]/.test(address)) {
    return refuse('notPlain'); // two programs may read two different hosts in it; only Reltio adds a query or fragment
  }
  const url = new URL(address);
  if (isBlockedPort(url.port)) {
    return refuse('blockedPort');
  }
  if (url.protocol === 'http:') {
    return listeningAddresses(url) === undefined
      ? refuse('notHttps')
      : { ok: true, redirect: { address, isLocal: true } };
  }
  const checked = checkAddress(url.origin, trusted);
  if (!checked.ok) {
    return refuse(checked.problem === 'notTrusted' ? 'notTrusted' : 'notAnAddress');
  }
  return { ok: true, redirect: { address, isLocal: false } };
}
