import { parseEnvironments } from './environments';
import { identityServersOf } from './identityServers';
import { readNetworkSettings } from './networkConfiguration';
import { networkProblems } from './networkProblems';
import type { PersonalSettings } from './personalSettings';
import { plainFault, type SettingFault } from './settingFault';
import { parseRedirect } from './redirectSetting';
import type { ReadSettings } from './settingsValue';
import { settingTable } from './settingTable';
import { simpleSettingFaults } from './simpleSettings';
import { parseTrustedHosts } from './trustedHostList';

/** Reads the settings, and finds what is wrong with each. Loaded when first needed, because the parsers are large. */
export async function readSettings(personal: PersonalSettings): Promise<ReadSettings> {
  const trustedHosts = personal.own('trustedHosts') ?? settingTable.trustedHosts.default;
  const hosts = parseTrustedHosts(trustedHosts, await openNameCheck(trustedHosts));
  const {
    environments,
    ignored,
    faults: environmentFaults,
  } = parseEnvironments(personal.own('environments') ?? settingTable.environments.default, hosts.trusted);
  const redirect = parseRedirect(personal.own('browserSignIn.redirectUri'), hosts.trusted);
  const faults = [
    ...hosts.faults,
    ...environmentFaults,
    ...redirect.faults,
    ...simpleSettingFaults((name) => personal.own(name)),
    ...networkProblems(readNetworkSettings(personal)).map(plainFault),
  ];
  return {
    environments,
    ignored,
    identityServers: identityServersOf(environments, hosts.trusted),
    trusted: hosts.trusted,
    redirect: redirect.redirect,
    faults,
    problems: faults.map(({ message }) => message),
  };
}

async function openNameCheck(
  trustedHosts: unknown,
): Promise<(name: string, number: number) => SettingFault | undefined> {
  if (JSON.stringify(trustedHosts) === JSON.stringify(settingTable.trustedHosts.default)) {
    return () => undefined; // the list of public suffixes is large, and reltio.com is not on it
  }
  return (await import('./openName')).openName;
}
