import * as l10n from '@vscode/l10n';
import { displayHost, displayText } from '../../core/base/displayText';
import type { AddressProblem, checkAddress } from '../../core/trust/trustedHosts';
import type { SettingFault } from './settingFault';
import { settingId } from './settingTable';

const setting = settingId('environments');

/** The whole entry is ignored, because with a misspelt `authUrl` the password would go to another server. */
export function unknownField(number: number, name: string, fields: readonly string[]): SettingFault {
  const meant = fields.find((field) => field.toLowerCase() === name.toLowerCase());
  const shown = displayText(name);
  return {
    message:
      meant === undefined
        ? l10n.t(
            'Entry {0} of {1} has an unknown field "{2}". Remove it: until then the entry is ignored.',
            number,
            setting,
            shown,
          )
        : l10n.t(
            'Entry {0} of {1} has an unknown field "{2}". Write "{3}": until then the entry is ignored.',
            number,
            setting,
            shown,
            meant,
          ),
    shareable: l10n.t(
      'Entry {0} of {1} has an unknown field. Correct or remove it: until then the entry is ignored.',
      number,
      setting,
    ),
  };
}

/** What is wrong with a field stands after this. */
function entryField(number: number, field: string): string {
  return l10n.t('Entry {0} of {1}, "{2}":', number, setting, field);
}

/** The same for the user, by the name of the environment. */
function environmentField(name: string, field: string): string {
  return l10n.t('Environment "{0}", {1}:', displayText(name), field);
}

/** The id becomes a part of addresses. */
export function tenantFault(number: number, name: string): SettingFault {
  const says = l10n.t('this is not the id of a tenant. Write it as in the address of a Reltio page: …/ui/<id>.');
  return {
    message: `${environmentField(name, 'tenant')} ${says}`,
    shareable: `${entryField(number, 'tenant')} ${says}`,
  };
}

type WrongAddress = Extract<ReturnType<typeof checkAddress>, { readonly ok: false }>;

export function addressFault(
  number: number,
  name: string,
  field: 'url' | 'authUrl',
  wrong: WrongAddress,
): SettingFault {
  const example = field === 'url' ? 'dev.reltio.com' : 'auth.reltio.com';
  return {
    message: `${environmentField(name, field)} ${describeAddressProblem(wrong.problem, wrong.host, example)}`,
    shareable: `${entryField(number, field)} ${describeAddressProblem(wrong.problem, undefined, example)}`,
  };
}

/** Shows only the host, and only if it certainly is one: an address may contain a password. */
function describeAddressProblem(problem: AddressProblem, wrongHost: string | undefined, example: string): string {
  const host = wrongHost === undefined ? undefined : displayHost(wrongHost);
  switch (problem) {
    case 'notAnAddress':
      return l10n.t('this is not an address. Write it like https://{0}.', example);
    case 'credentialsInside':
      return l10n.t('remove the user name and password from the address.');
    case 'moreThanAnOrigin':
      return l10n.t('write the address without a path: https://{0}.', host ?? example);
    case 'notHttps':
      return host === undefined
        ? l10n.t('use https:// for this host. Plain http is for this machine only.')
        : l10n.t('use https:// for {0}. Plain http is for this machine only.', host);
    case 'notTrusted':
      return host === undefined
        ? l10n.t('this host is not a trusted host. If it is yours, add it to {0}.', settingId('trustedHosts'))
        : l10n.t('{0} is not a trusted host. If it is yours, add it to {1}.', host, settingId('trustedHosts'));
  }
}
