import * as l10n from '@vscode/l10n';
import { hasPublicSuffixBelow, isPublicSuffix } from '../../core/trust/publicSuffix';
import { displayHost } from '../../core/base/displayText';
import type { SettingFault } from './settingFault';
import { settingId } from './settingTable';

/**
 * Why a name and everything below it must not be trusted.
 *
 * @param number of the entry in the setting
 */
export function openName(name: string, number: number): SettingFault | undefined {
  const setting = settingId('trustedHosts');
  const shown = displayHost(name);
  if (isPublicSuffix(name)) {
    const advice = l10n.t('Use your own domain.');
    return {
      message: `${l10n.t('{0}: anyone can get a host under "{1}".', setting, shown)} ${advice}`,
      shareable: `${l10n.t('Entry {0} of {1} is a name under which anyone can get a host.', number, setting)} ${advice}`,
    };
  }
  if (hasPublicSuffixBelow(name)) {
    return {
      message: l10n.t(
        '{0}: anyone can get a host under some of the names below "{1}". Write the full name of your identity server, such as "auth.acme.{1}".',
        setting,
        shown,
      ),
      shareable: l10n.t(
        'Entry {0} of {1} has names below it under which anyone can get a host. Write the full name of your identity server.',
        number,
        setting,
      ),
    };
  }
  return undefined;
}
