import { checkRedirect, defaultRedirect, type Redirect, type RedirectProblem } from '../../core/browserSignIn/redirect';
import type { TrustedSuffixes } from '../../core/trust/trustedHosts';
import { plainFault, type SettingFault } from './settingFault';
import { settingId } from './settingTable';

const problems: Readonly<Record<RedirectProblem, string>> = {
  notAnAddress: 'must be an address such as http://localhost:8081 or https://dev.reltio.com/oauth/callback',
  notPlain: 'must be an address without a user name, a query or a fragment',
  notHttps: 'must begin with https://, or with http://localhost, http://127.0.0.1 or http://[::1] and a port',
  blockedPort: 'must have another port, because browsers open no page at this one',
  notTrusted: `must be on this computer or on a host of ${settingId('trustedHosts')}`,
};

/** Reads the setting. With a value that cannot be used, sign-ins end at the default. */
export function parseRedirect(
  value: unknown,
  trusted: TrustedSuffixes,
): { readonly redirect: Redirect; readonly faults: readonly SettingFault[] } {
  if (value === undefined) {
    return { redirect: defaultRedirect, faults: [] };
  }
  const checked = checkRedirect(typeof value === 'string' ? value : '', trusted);
  return checked.ok
    ? { redirect: checked.redirect, faults: [] }
    : {
        redirect: defaultRedirect,
        faults: [
          plainFault(
            `${settingId('browserSignIn.redirectUri')} ${problems[checked.problem]}; ${defaultRedirect.address} is used.`,
          ),
        ],
      };
}
