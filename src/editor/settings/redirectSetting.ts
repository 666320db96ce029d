import * as l10n from '@vscode/l10n';
import { checkRedirect, defaultRedirect, type Redirect, type RedirectProblem } from '../../core/browserSignIn/redirect';
import type { TrustedSuffixes } from '../../core/trust/trustedHosts';
import { plainFault, type SettingFault } from './settingFault';
import { settingId } from './settingTable';

function problemText(problem: RedirectProblem): string {
  const setting = settingId('browserSignIn.redirectUri');
  const used = defaultRedirect.address;
  switch (problem) {
    case 'notAnAddress':
      return l10n.t(
        '{0} must be an address such as http://localhost:8081 or https://dev.reltio.com/oauth/callback; {1} is used.',
        setting,
        used,
      );
    case 'notPlain':
      return l10n.t('{0} must be an address without a user name, a query or a fragment; {1} is used.', setting, used);
    case 'notHttps':
      return l10n.t(
        '{0} must begin with https://, or with http://localhost, http://127.0.0.1 or http://[::1] and a port; {1} is used.',
        setting,
        used,
      );
    case 'blockedPort':
      return l10n.t(
        '{0} must have another port, because browsers open no page at this one; {1} is used.',
        setting,
        used,
      );
    case 'notTrusted':
      return l10n.t(
        '{0} must be on this computer or on a host of {1}; {2} is used.',
        setting,
        settingId('trustedHosts'),
        used,
      );
  }
}

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
        faults: [plainFault(problemText(checked.problem))],
      };
}
