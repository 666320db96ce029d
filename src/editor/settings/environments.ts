import * as v from 'valibot';
import { plainFault, type SettingFault } from './settingFault';
import {
  checkAddress,
  mayHoldCredentials,
  normaliseSuffix,
  type AddressProblem,
  type TrustedSuffixes,
} from '../../core/trust/trustedHosts';
import { displayHost, displayText } from '../../core/base/displayText';
import { defaultIdentityServer } from './defaultIdentityServer';

/** Where a token is used. */
export interface Environment {
  readonly name: string;
  /** API origin, such as `https://dev.reltio.com`. */
  readonly url: string;
  /** Origin of the identity server it trusts. */
  readonly identityServer: string;
  readonly tenant: string | undefined;
  readonly production: boolean;
  readonly clientId: string | undefined;
}

const entrySchema = v.object({
  name: v.pipe(v.string(), v.trim(), v.nonEmpty()),
  url: v.string(),
  authUrl: v.optional(v.string(), defaultIdentityServer),
  tenant: v.optional(v.pipe(v.string(), v.trim())),
  production: v.optional(v.boolean(), false),
  clientId: v.optional(v.pipe(v.string(), v.trim())),
});

const namedSchema = v.object({ name: v.string() });

/** What could not be read of a list. */
interface Faults {
  readonly faults: readonly SettingFault[];
  /** The sentences for the person. */
  readonly problems: readonly string[];
}

/** What `reltioAuth.environments` comes to. */
export interface ParsedEnvironments extends Faults {
  readonly environments: readonly Environment[];
  /** The sentences of those that are left out, by the name of the environment, where it has one. */
  readonly leftOut: ReadonlyMap<string, string>;
}

const fields = Object.keys(entrySchema.entries);

/** Reads `reltioAuth.environments`. Entries that cannot be used are left out, each with one sentence that says why. */
export function parseEnvironments(value: unknown, trusted: TrustedSuffixes): ParsedEnvironments {
  const environments: Environment[] = [];
  const faults: SettingFault[] = [];
  const leftOut = new Map<string, string>();
  if (!Array.isArray(value)) {
    faults.push(plainFault('reltioAuth.environments must be a list of { name, url } entries.'));
    return { environments, leftOut, ...told(faults) };
  }
  value.forEach((entry: unknown, index) => {
    const read = readEntry(entry, index + 1, trusted);
    if ('says' in read) {
      faults.push(read);
      if (v.is(namedSchema, entry)) {
        leftOut.set(entry.name.trim(), read.says);
      }
    } else if (environments.some((other) => other.name === read.name)) {
      const advice = 'Give each environment its own name.';
      faults.push({
        says: `reltioAuth.environments: "${displayText(read.name)}" is there twice. ${advice}`,
        shareable: `Entry ${index + 1} of reltioAuth.environments has the name of another entry. ${advice}`,
      });
    } else {
      environments.push(read);
    }
  });
  return { environments, leftOut, ...told(faults) };
}

function readEntry(entry: unknown, number: number, trusted: TrustedSuffixes): Environment | SettingFault {
  const which = `Entry ${number} of reltioAuth.environments`;
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) {
    return plainFault(`${which} must look like { "name": "dev", "url": "https://dev.reltio.com" }.`);
  }
  const unknown = Object.keys(entry).find((key) => !fields.includes(key));
  if (unknown !== undefined) {
    return unknownField(which, unknown);
  }
  const parsed = v.safeParse(entrySchema, entry);
  if (!parsed.success) {
    const field = v.getDotPath(parsed.issues[0]) ?? 'name';
    return plainFault(`reltioAuth.environments: entry ${number} is not usable. Correct "${field}".`);
  }
  const { name, url, authUrl, tenant, production, clientId } = parsed.output;
  const addresses = { url: checkAddress(url, trusted), authUrl: checkAddress(authUrl, trusted) };
  if (!addresses.url.ok) {
    return addressFault(which, name, 'url', addresses.url);
  }
  if (!addresses.authUrl.ok) {
    return addressFault(which, name, 'authUrl', addresses.authUrl);
  }
  return {
    name,
    url: addresses.url.origin,
    identityServer: addresses.authUrl.origin,
    tenant: tenant === '' ? undefined : tenant,
    production,
    clientId: clientId === '' ? undefined : clientId,
  };
}

/** The entry is left out: with a misspelt `authUrl` the password would go to another server. */
function unknownField(which: string, name: string): SettingFault {
  const meant = fields.find((field) => field.toLowerCase() === name.toLowerCase());
  const then = 'until then the entry is left out.';
  return {
    says: `${which} has an unknown "${displayText(name)}". ${meant === undefined ? 'Remove it' : `Write "${meant}"`}: ${then}`,
    shareable: `${which} has an unknown field. Correct or remove it: ${then}`,
  };
}

type WrongAddress = Extract<ReturnType<typeof checkAddress>, { readonly ok: false }>;

function addressFault(which: string, name: string, field: 'url' | 'authUrl', wrong: WrongAddress): SettingFault {
  const example = field === 'url' ? 'dev.reltio.com' : 'auth.reltio.com';
  return {
    says: `Environment "${displayText(name)}", ${field}: ${describeAddressProblem(wrong.problem, wrong.host, example)}`,
    shareable: `${which}, "${field}": ${describeAddressProblem(wrong.problem, undefined, example)}`,
  };
}

/**
 * Reads `reltioAuth.trustedHosts`. An entry that is no suffix is left out.
 *
 * @param openName why a name may not be trusted with everything below it, after the name of the setting or the entry
 */
export function parseTrustedHosts(
  value: unknown,
  openName: (name: string) => SettingFault | undefined,
): { readonly trusted: TrustedSuffixes } & Faults {
  if (!Array.isArray(value)) {
    const says = 'reltioAuth.trustedHosts must be a list of host names such as "reltio.com".';
    return { trusted: [], ...told([plainFault(says)]) };
  }
  const trusted: string[] = [];
  const faults: SettingFault[] = [];
  (value as unknown[]).forEach((entry, index) => {
    const suffix = typeof entry === 'string' ? normaliseSuffix(entry) : undefined;
    const which = `Entry ${index + 1} of reltioAuth.trustedHosts`;
    if (suffix === undefined) {
      const isShown = typeof entry === 'string' && !mayHoldCredentials(entry);
      const why = 'is not a host name with at least two parts. Write it like "acme.com".';
      faults.push({
        says: `${isShown ? `reltioAuth.trustedHosts: "${displayText(entry)}"` : which} ${why}`,
        shareable: `${which} ${why}`,
      });
      return;
    }
    const open = openName(suffix);
    if (open === undefined) {
      trusted.push(suffix);
    } else {
      faults.push({ says: `reltioAuth.trustedHosts: ${open.says}`, shareable: `${which} ${open.shareable}` });
    }
  });
  return { trusted, ...told(faults) };
}

function told(faults: readonly SettingFault[]): Faults {
  return { faults, problems: faults.map(({ says }) => says) };
}

/** Shows the host only, and only where it is one for certain: an address may hold a password. */
function describeAddressProblem(problem: AddressProblem, wrongHost: string | undefined, example: string): string {
  const host = wrongHost === undefined ? undefined : displayHost(wrongHost);
  switch (problem) {
    case 'notAnAddress':
      return `this is not an address. Write it like https://${example}.`;
    case 'credentialsInside':
      return 'take the user name and password out of the address.';
    case 'moreThanAnOrigin':
      return `give the address only, without a path: https://${host ?? example}.`;
    case 'notHttps':
      return `${host ?? 'this host'} must be reached with https://. Plain http is for this machine only.`;
    case 'notTrusted':
      return `${host ?? 'this host'} is not a trusted host. If it is yours, add it to reltioAuth.trustedHosts.`;
  }
}
