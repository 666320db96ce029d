import type { Redirect } from '../../../core/browserSignIn/redirect';
import type { RequestTools } from '../../../core/oauth/timedRequest';
import type { ClientStore } from '../../../core/storage/clientStore';
import type { TrustedSuffixes } from '../../../core/trust/trustedHosts';

/** What a sign-in in the browser works with, besides boxes. */
export interface BrowserTools extends RequestTools {
  readonly clients: ClientStore;
  /** Where the sign-in ends. */
  readonly redirect: Redirect;
  readonly trusted: TrustedSuffixes;
  /** False if the browser was not opened. */
  open(url: string): Promise<boolean>;
  copy(text: string): Promise<void>;
}
