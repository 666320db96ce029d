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
  openName: (name: string) => SettingFault | undefined,
): { readonly trusted: TrustedSuffixes } & Faults {
  if (!Array.isArray(value)) {
    const says = `${setting} must be a list of host names such as "reltio.com".`;
    return { trusted: [], ...collected([plainFault(says)]) };
  }
  const trusted: string[] = [];
  const faults: SettingFault[] = [];
  (value as unknown[]).forEach((entry, index) => {
    const suffix = typeof entry === 'string' ? normaliseSuffix(entry) : undefined;
    const which = `Entry ${index + 1} of ${setting}`;
    if (suffix === undefined) {
      const isShown = typeof entry === 'string' && !mayHoldCredentials(entry);
      const why = 'is not a host name with at least two parts. Write it like "acme.com".';
      faults.push({
        message: `${isShown ? `${setting}: "${displayText(entry)}"` : which} ${why}`,
        shareable: `${which} ${why}`,
      });
      return;
    }
    const open = openName(suffix);
    if (open === undefined) {
      trusted.push(suffix);
    } else {
      faults.push({ message: `${setting}: ${open.message}`, shareable: `${which} ${open.shareable}` });
    }
  });
  return { trusted, ...collected(faults) };
}
