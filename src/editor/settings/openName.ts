import { hasPublicSuffixBelow, isPublicSuffix } from '../../core/trust/publicSuffix';
import { displayHost } from '../../core/base/displayText';
import type { SettingFault } from './settingFault';

/**
 * Why a name and everything below it must not be trusted. Its sentences follow the name of the setting or the entry.
 */
export function openName(name: string): SettingFault | undefined {
  if (isPublicSuffix(name)) {
    const advice = 'Use your own domain.';
    return {
      message: `anyone can get a host under "${displayHost(name)}". ${advice}`,
      shareable: `is a name under which anyone can get a host. ${advice}`,
    };
  }
  if (hasPublicSuffixBelow(name)) {
    const advice = 'Write the full name of your identity server';
    return {
      message: `anyone can get a host under some of the names below "${displayHost(name)}". ${advice}, such as "auth.acme.${displayHost(name)}".`,
      shareable: `has names below it under which anyone can get a host. ${advice}.`,
    };
  }
  return undefined;
}
