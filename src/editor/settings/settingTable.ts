import { defaultRedirect } from '../../core/browserSignIn/redirect';
import { defaultTrustedSuffixes } from '../../core/trust/trustedHosts';

/** What all rows have in common. All settings have application scope: no workspace may change one. */
interface Row {
  /** Specific to this computer, so Settings Sync ignores it. */
  readonly ignoreSync?: true;
}

/** Any other value counts as the default. */
interface NumberRow extends Row {
  /** An `integer` is a whole number. */
  readonly type: 'number' | 'integer';
  readonly minimum: number;
  readonly maximum: number;
  readonly default: number;
}

/** Any other value counts as the default. */
interface ChoiceRow extends Row {
  readonly type: 'string';
  readonly enum: readonly string[];
  readonly default: string;
}

interface SwitchRow extends Row {
  readonly type: 'boolean';
  readonly default: boolean;
  /** What any other value counts as: a precaution stays on. */
  readonly otherwise: boolean;
}

interface TextRow extends Row {
  readonly type: 'string';
  readonly default: string;
}

interface ListRow extends Row {
  readonly type: 'array';
  readonly default: readonly unknown[];
  readonly items: object;
  readonly uniqueItems?: true;
}

interface ObjectRow extends Row {
  readonly type: 'object';
  readonly default: object;
  readonly additionalProperties: false;
  readonly properties: Readonly<Record<string, FieldRow>>;
}

interface FieldRow {
  readonly type: 'string' | 'boolean';
  readonly minLength?: number;
  /** What VS Code underlines in settings.json. It says no more than the parser, which has the last word. */
  readonly pattern?: string;
}

/** An origin: `https`, or plain `http` on this machine. */
const originPattern =
  '^\\s*([Hh][Tt][Tt][Pp][Ss]://[^/?#@\\\\\\s]+|[Hh][Tt][Tt][Pp]://(localhost|127(\\.\\d{1,3}){3}|\\[::1\\])(:\\d+)?)/?\\s*$';

/** An entry of `environments`. */
export const environmentEntry = {
  type: 'object',
  required: ['name', 'url'],
  additionalProperties: false,
  properties: {
    name: { type: 'string', minLength: 1, pattern: '\\S' },
    url: { type: 'string', pattern: originPattern },
    authUrl: { type: 'string', pattern: originPattern },
    tenant: { type: 'string', pattern: '^\\s*(?!\\.+\\s*$)[\\w.-]{0,100}\\s*$' },
    production: { type: 'boolean' },
    clientId: { type: 'string' },
    mcp: { type: 'boolean' },
  },
} as const satisfies Omit<ObjectRow, 'default'> & { readonly required: readonly string[] };

/** Every setting, by its name below `reltioAuth.`: the JSON schema that package.json repeats. A test compares the two. */
export const settingTable = {
  environments: { type: 'array', default: [], items: environmentEntry },
  trustedHosts: {
    type: 'array',
    default: defaultTrustedSuffixes,
    items: { type: 'string' },
    uniqueItems: true,
    ignoreSync: true,
  },
  refresh: { type: 'string', enum: ['onDemand', 'keepAlive'], default: 'onDemand' },
  refreshTokenDays: { type: 'number', minimum: 1, maximum: 3_650, default: 28 },
  'browserSignIn.redirectUri': { type: 'string', default: defaultRedirect.address },
  'statusBar.click': { type: 'string', enum: ['menu', 'refresh'], default: 'menu' },
  'clipboard.clearAfterSeconds': { type: 'number', minimum: 0, maximum: 86_400, default: 60 },
  'clipboard.confirm': { type: 'boolean', default: false, otherwise: true },
  'localProxy.port': { type: 'integer', minimum: 0, maximum: 65_535, default: 0, ignoreSync: true },
  'localProxy.start': { type: 'string', enum: ['manual', 'withWindow'], default: 'manual', ignoreSync: true },
  'terminal.command': { type: 'boolean', default: true, otherwise: false, ignoreSync: true },
  'network.proxy': { type: 'string', default: '', ignoreSync: true },
  'network.caFile': { type: 'string', default: '', ignoreSync: true },
  'network.clientCertificate': {
    type: 'object',
    default: {},
    additionalProperties: false,
    properties: { cert: { type: 'string' }, key: { type: 'string' } },
    ignoreSync: true,
  },
} as const satisfies Readonly<Record<string, NumberRow | ChoiceRow | SwitchRow | TextRow | ListRow | ObjectRow>>;

type Table = typeof settingTable;
export type SettingName = keyof Table;

/** A setting that is a number, one of several words, or a boolean. */
export type SimpleRow = NumberRow | ChoiceRow | SwitchRow;
export type SimpleSetting = {
  [Name in SettingName]: Table[Name] extends SimpleRow ? Name : never;
}[SettingName];

export type SimpleValue<Name extends SimpleSetting> = Table[Name] extends { readonly enum: readonly (infer Word)[] }
  ? Word
  : Table[Name] extends NumberRow
    ? number
    : boolean;

export const section = 'reltioAuth';

/** The full name of a setting, as in settings.json. */
export function settingId(name: SettingName): string {
  return `${section}.${name}`;
}

export function settingNames(): readonly SettingName[] {
  return Object.keys(settingTable) as readonly SettingName[];
}
