import { hasPublicSuffixBelow, isPublicSuffix } from '../../core/trust/publicSuffix';
import { displayHost } from '../../core/base/displayText';
import type { SettingFault } from './settingFault';

/** Why a name may not be trusted with everything below it. Its sentences go on from the setting and from the entry. */
export function openName(name: string): SettingFault | undefined {
  if (isPublicSuffix(name)) {
    const advice = 'Name your own domain.';
    return {
      says: `everybody can get a host under "${displayHost(name)}". ${advice}`,
      shareable: `is a name under which everybody can get a host. ${advice}`,
    };
  }
  if (hasPublicSuffixBelow(name)) {
    const advice = 'Write the full name of your identity server';
    return {
      says: `below "${displayHost(name)}" there are names under which everybody can get a host. ${advice}, such as "auth.acme.${displayHost(name)}".`,
      shareable: `is a name with places below it where everybody can get a host. ${advice}.`,
    };
  }
  return undefined;
}
