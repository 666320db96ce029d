import * as l10n from '@vscode/l10n';
import { displayText } from '../../core/base/displayText';
import { mayHoldCredentials, normaliseSuffix, type TrustedSuffixes } from '../../core/trust/trustedHosts';
import { collected, plainFault, type Faults, type SettingFault } from './settingFault';
import { settingId } from './settingTable';

const setting = settingId('trustedHosts');

/**
 * Reads the setting. An entry that is not a suffix is ignored.
 *
 * @param openName why a name and everything below it must not be trusted
 */
export function parseTrustedHosts(
  value: unknown,
  openName: (name: string, number: number) => SettingFault | undefined,
): { readonly trusted: TrustedSuffixes } & Faults {
  if (!Array.isArray(value)) {
    const says = l10n.t('{0} must be a list of host names such as "reltio.com".', setting);
    return { trusted: [], ...collected([plainFault(says)]) };
  }
  const trusted: string[] = [];
  const faults: SettingFault[] = [];
  (value as unknown[]).forEach((entry, index) => {
    const suffix = typeof entry === 'string' ? normaliseSuffix(entry) : undefined;
    const number = index + 1;
    if (suffix === undefined) {
      const shareable = l10n.t(
        'Entry {0} of {1} is not a host name with at least two parts. Write it like "acme.com".',
        number,
        setting,
      );
      const isShown = typeof entry === 'string' && !mayHoldCredentials(entry);
      const message = isShown
        ? l10n.t(
            '{0}: "{1}" is not a host name with at least two parts. Write it like "acme.com".',
            setting,
            displayText(entry),
          )
        : shareable;
      faults.push({ message, shareable });
      return;
    }
    const open = openName(suffix, number);
    if (open === undefined) {
      trusted.push(suffix);
    } else {
      faults.push(open);
    }
  });
  return { trusted, ...collected(faults) };
}
