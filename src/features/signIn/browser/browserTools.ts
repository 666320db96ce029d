import type { Clock } from '../../../core/base/clock';
import type { Redirect } from '../../../core/browserSignIn/redirect';
import type { HttpClient } from '../../../core/oauth/httpClient';
import type { ClientStore } from '../../../core/storage/clientStore';
import type { TrustedSuffixes } from '../../../core/trust/trustedHosts';

/** What a sign-in in the browser works with, besides boxes. */
export interface BrowserTools {
  readonly http: HttpClient;
  readonly clock: Clock;
  readonly clients: ClientStore;
  /** Where the sign-in ends. */
  readonly redirect: Redirect;
  readonly trusted: TrustedSuffixes;
  /** False if the browser was not opened. */
  open(url: string): Promise<boolean>;
  copy(text: string): Promise<void>;
}
