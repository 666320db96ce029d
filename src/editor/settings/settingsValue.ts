import type { Redirect } from '../../core/browserSignIn/redirect';
import type { TrustedSuffixes } from '../../core/trust/trustedHosts';
import type { Environment } from './environments';
import type { SettingFault } from './settingFault';

export interface SettingsValue {
  readonly environments: readonly Environment[];
  /** Why environments cannot be used, by name. */
  readonly ignored: ReadonlyMap<string, string>;
  /** The identity servers that offer a sign-in. */
  readonly identityServers: readonly string[];
  readonly trusted: TrustedSuffixes;
  /** One sentence for each setting that cannot be used. */
  readonly problems: readonly string[];
}

export interface ReadSettings extends SettingsValue {
  /** Where a sign-in in the browser ends. */
  readonly redirect: Redirect;
  /** The problems, also in a form that may be shared. */
  readonly faults: readonly SettingFault[];
}
