import type { TrustedSuffixes } from '../../core/trust/trustedHosts';
import type { Environment } from './environments';
import type { SettingFault } from './settingFault';

export interface SettingsValue {
  readonly environments: readonly Environment[];
  /** What is wrong with the environments that cannot be used, by their names. */
  readonly leftOut: ReadonlyMap<string, string>;
  /** Where one can sign in. */
  readonly identityServers: readonly string[];
  readonly trusted: TrustedSuffixes;
  /** One sentence for each setting that cannot be used. */
  readonly problems: readonly string[];
}

export interface ReadSettings extends SettingsValue {
  /** The problems as they may be shared, too. */
  readonly faults: readonly SettingFault[];
}
