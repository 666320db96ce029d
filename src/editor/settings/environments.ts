import { displayHost, displayText } from '../../core/base/displayText';
import { isTenantId } from '../../core/dataApi/tenant';
import { checkAddress, type AddressProblem, type TrustedSuffixes } from '../../core/trust/trustedHosts';
import { defaultIdentityServer } from './defaultIdentityServer';
import { collected, plainFault, type Faults, type SettingFault } from './settingFault';
import { environmentEntry, settingId } from './settingTable';

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
  /** Whether agents in VS Code may use its MCP server. */
  readonly mcp: boolean;
}

/** The parsed setting. */
export interface ParsedEnvironments extends Faults {
  readonly environments: readonly Environment[];
  /** Why entries are ignored, by the name of the environment, if it has one. */
  readonly ignored: ReadonlyMap<string, string>;
}

type Properties = typeof environmentEntry.properties;
type Field = keyof Properties;
type RequiredField = (typeof environmentEntry.required)[number];
interface Types {
  readonly string: string;
  readonly boolean: boolean;
}
/** An entry as it is in the settings, once its fields have the right types. */
type Entry = { readonly [Name in RequiredField]: Types[Properties[Name]['type']] } & {
  readonly [Name in Exclude<Field, RequiredField>]?: Types[Properties[Name]['type']];
};

const setting = settingId('environments');
const fields = Object.keys(environmentEntry.properties) as readonly Field[];

/** Reads the setting. Entries that cannot be used are ignored, each with one sentence that says why. */
export function parseEnvironments(value: unknown, trusted: TrustedSuffixes): ParsedEnvironments {
  const environments: Environment[] = [];
  const faults: SettingFault[] = [];
  const ignored = new Map<string, string>();
  if (!Array.isArray(value)) {
    faults.push(plainFault(`${setting} must be a list of { name, url } entries.`));
    return { environments, ignored, ...collected(faults) };
  }
  value.forEach((entry: unknown, index) => {
    const read = readEntry(entry, index + 1, trusted);
    if ('message' in read) {
      faults.push(read);
      const name = nameOf(entry);
      if (name !== undefined) {
        ignored.set(name, read.message);
      }
    } else if (environments.some((other) => other.name === read.name)) {
      const advice = 'Give each environment its own name.';
      faults.push({
        message: `${setting}: two environments are named "${displayText(read.name)}". ${advice}`,
        shareable: `Entry ${index + 1} of ${setting} has the name of another entry. ${advice}`,
      });
    } else {
      environments.push(read);
    }
  });
  return { environments, ignored, ...collected(faults) };
}

function nameOf(entry: unknown): string | undefined {
  const { name } = (entry ?? {}) as { readonly name?: unknown };
  return typeof name === 'string' ? name.trim() : undefined;
}

function readEntry(entry: unknown, number: number, trusted: TrustedSuffixes): Environment | SettingFault {
  const which = `Entry ${number} of ${setting}`;
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) {
    return plainFault(`${which} must look like { "name": "dev", "url": "https://dev.reltio.com" }.`);
  }
  const known: readonly string[] = fields;
  const unknown = Object.keys(entry).find((key) => !known.includes(key));
  if (unknown !== undefined) {
    return unknownField(which, unknown);
  }
  if (!hasUsableFields(entry)) {
    return plainFault(`${which} cannot be used. Correct "${fields.find((field) => !isUsable(entry, field)) ?? ''}".`);
  }
  const { url, authUrl = defaultIdentityServer, tenant, production = false, clientId, mcp = false } = entry;
  const name = entry.name.trim();
  if (tenant !== undefined && tenant.trim() !== '' && !isTenantId(tenant.trim())) {
    return tenantFault(which, name);
  }
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
    tenant: unlessBlank(tenant),
    production,
    clientId: unlessBlank(clientId),
    mcp,
  };
}

function hasUsableFields(entry: object): entry is Entry {
  return fields.every((field) => isUsable(entry, field));
}

function isUsable(entry: object, field: Field): boolean {
  const value: unknown = Reflect.get(entry, field);
  if (value === undefined) {
    return !environmentEntry.required.some((name) => name === field);
  }
  const property = environmentEntry.properties[field];
  const isBlank = typeof value === 'string' && value.trim() === '';
  return typeof value === property.type && !(isBlank && 'minLength' in property);
}

function unlessBlank(text: string | undefined): string | undefined {
  const trimmed = text?.trim();
  return trimmed === '' ? undefined : trimmed;
}

/** The whole entry is ignored, because with a misspelt `authUrl` the password would go to another server. */
function unknownField(which: string, name: string): SettingFault {
  const meant = fields.find((field) => field.toLowerCase() === name.toLowerCase());
  const advice = meant === undefined ? 'Remove it' : `Write "${meant}"`;
  const then = 'until then the entry is ignored.';
  return {
    message: `${which} has an unknown field "${displayText(name)}". ${advice}: ${then}`,
    shareable: `${which} has an unknown field. Correct or remove it: ${then}`,
  };
}

/** The id becomes a part of addresses. */
function tenantFault(which: string, name: string): SettingFault {
  const says = 'this is not the id of a tenant. Write it as in the address of a Reltio page: …/ui/<id>.';
  return {
    message: `Environment "${displayText(name)}", tenant: ${says}`,
    shareable: `${which}, "tenant": ${says}`,
  };
}

type WrongAddress = Extract<ReturnType<typeof checkAddress>, { readonly ok: false }>;

function addressFault(which: string, name: string, field: 'url' | 'authUrl', wrong: WrongAddress): SettingFault {
  const example = field === 'url' ? 'dev.reltio.com' : 'auth.reltio.com';
  return {
    message: `Environment "${displayText(name)}", ${field}: ${describeAddressProblem(wrong.problem, wrong.host, example)}`,
    shareable: `${which}, "${field}": ${describeAddressProblem(wrong.problem, undefined, example)}`,
  };
}

/** Shows only the host, and only if it certainly is one: an address may contain a password. */
function describeAddressProblem(problem: AddressProblem, wrongHost: string | undefined, example: string): string {
  const host = wrongHost === undefined ? undefined : displayHost(wrongHost);
  switch (problem) {
    case 'notAnAddress':
      return `this is not an address. Write it like https://${example}.`;
    case 'credentialsInside':
      return 'remove the user name and password from the address.';
    case 'moreThanAnOrigin':
      return `write the address without a path: https://${host ?? example}.`;
    case 'notHttps':
      return `use https:// for ${host ?? 'this host'}. Plain http is for this machine only.`;
    case 'notTrusted':
      return `${host ?? 'this host'} is not a trusted host. If it is yours, add it to ${settingId('trustedHosts')}.`;
  }
}
