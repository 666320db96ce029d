import * as l10n from '@vscode/l10n';
import { displayText } from '../../core/base/displayText';
import { isTenantId } from '../../core/dataApi/tenant';
import { checkAddress, type TrustedSuffixes } from '../../core/trust/trustedHosts';
import { defaultIdentityServer } from './defaultIdentityServer';
import { addressFault, tenantFault, unknownField } from './environmentFaults';
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
    faults.push(plainFault(l10n.t('{0} must be a list of {1} entries.', setting, '{ name, url }')));
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
      const advice = l10n.t('Give each environment its own name.');
      faults.push({
        message: `${l10n.t('{0}: two environments are named "{1}".', setting, displayText(read.name))} ${advice}`,
        shareable: `${l10n.t('Entry {0} of {1} has the name of another entry.', index + 1, setting)} ${advice}`,
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
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) {
    return plainFault(
      l10n.t(
        'Entry {0} of {1} must look like {2}.',
        number,
        setting,
        '{ "name": "dev", "url": "https://dev.reltio.com" }',
      ),
    );
  }
  const known: readonly string[] = fields;
  const unknown = Object.keys(entry).find((key) => !known.includes(key));
  if (unknown !== undefined) {
    return unknownField(number, unknown, fields);
  }
  if (!hasUsableFields(entry)) {
    return plainFault(
      l10n.t(
        'Entry {0} of {1} cannot be used. Correct "{2}".',
        number,
        setting,
        fields.find((field) => !isUsable(entry, field)) ?? '',
      ),
    );
  }
  const { url, authUrl = defaultIdentityServer, tenant, production = false, clientId, mcp = false } = entry;
  const name = entry.name.trim();
  if (tenant !== undefined && tenant.trim() !== '' && !isTenantId(tenant.trim())) {
    return tenantFault(number, name);
  }
  const addresses = { url: checkAddress(url, trusted), authUrl: checkAddress(authUrl, trusted) };
  if (!addresses.url.ok) {
    return addressFault(number, name, 'url', addresses.url);
  }
  if (!addresses.authUrl.ok) {
    return addressFault(number, name, 'authUrl', addresses.authUrl);
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
