import { displayHost, displayHostOf, displayList, displayText } from '../../core/base/displayText';
import { isFailure } from '../../core/base/failure';
import type { Tenant } from '../../core/dataApi/tenant';
import { accountLabel } from '../../core/model/account';
import type { TokenContent } from '../../core/oauth/tokenContent';
import type { TokenInfo } from '../../core/oauth/tokenInfo';
import { accountText } from '../../editor/messages/accountText';
import { describe } from '../../editor/messages/messages';
import { scopesText } from '../../editor/messages/sessionText';
import { exactTimeText, spanText, timeText } from '../../editor/messages/timeText';
import type { Findings } from './askReltio';

/** A customer has some ten tenants, but an answer may list any number. */
const mostRows = 50;

/** The findings as plain text, which other extensions can read: no secret, and no text from outside as it came. Pure. */
export function whoAmIText(findings: Findings): string {
  const { session, askedAt, environment } = findings;
  const host = displayHostOf(session.account.identityServer);
  const where = environment === undefined ? 'an environment' : environmentName(environment.is);
  const { refreshNote } = accountText(session.account);
  const about = [accountLabel(session.account), refreshNote.trim(), `Asked at ${exactTimeText(askedAt)}`];
  const parts = [
    `Who am I at Reltio\n\n${about.filter((line) => line !== '').join('\n')}`,
    section(`What ${host} says of your token`, checkLines(findings, host)),
    section(`Tenants that your token reaches in ${where}`, tenantLines(environment)),
    section('What the token says of itself (not verified)', contentLines(findings.content)),
  ];
  return `${parts.join('\n\n')}\n`;
}

function section(title: string, lines: readonly string[]): string {
  return [title, ...lines.map((line) => `  ${line}`)].join('\n');
}

function environmentName({ name, url, production }: NonNullable<Findings['environment']>['is']): string {
  return `${displayText(name)} (${displayHostOf(url)}${production ? ', production' : ''})`;
}

function checkLines({ check, environment, session, askedAt }: Findings, host: string): readonly string[] {
  if (check === 'noClient') {
    return [`Not asked: ${host} answers only to a client, and no client secret is stored for this account.`];
  }
  if (check === 'notValid') {
    return ['The token is not valid. Run "Reltio: Refresh Access Token", or sign in again.'];
  }
  if (isFailure(check)) {
    return [`No answer: ${describe(check)}`];
  }
  const tenants = environment === undefined || isFailure(environment.tenants) ? [] : environment.tenants;
  return [...userRows(check, session.tokens.scopes, askedAt), ...roleLines(check, tenants)];
}

function userRows(info: TokenInfo, granted: readonly string[] | undefined, now: number): readonly string[] {
  const { user, email, customer, clientId, expiresAt, scopes } = info;
  return rows([
    ['User', shown(user)],
    ['E-mail', shown(email)],
    ['Customer', shown(customer)],
    ['Client', shown(clientId)],
    ['Token expires', expiresAt === undefined ? undefined : expiryText(expiresAt, now)],
    ['Access to', scopesText(scopes.length === 0 ? granted : scopes)],
  ]);
}

function expiryText(expiresAt: number, now: number): string {
  const when = timeText(expiresAt, now);
  return expiresAt <= now ? `${when}: it has expired` : `${when}, ${spanText(expiresAt - now)} left`;
}

/** Roles by tenant, the tenants without a role included. */
function roleLines({ tenants, roles }: TokenInfo, named: readonly Tenant[]): readonly string[] {
  const byTenant = new Map<string, string[]>(tenants.map((id) => [id, []]));
  const everywhere: string[] = [];
  for (const [role, ids] of roles) {
    for (const id of ids) {
      const others = byTenant.get(id);
      if (others === undefined) {
        byTenant.set(id, [role]);
      } else {
        others.push(role);
      }
    }
    if (ids.length === 0) {
      everywhere.push(role);
    }
  }
  const lines = limited([...byTenant], ([id, own]) => {
    const held = own.length === 0 ? 'no role' : displayList(own);
    return `${tenantName(id, named)}: ${held}`;
  });
  const general = everywhere.length === 0 ? [] : [`Without a tenant: ${displayList(everywhere)}`];
  const all = [...lines, ...general];
  return all.length === 0 ? ['Roles: none were named'] : ['Roles by tenant:', ...all.map((line) => `  ${line}`)];
}

function tenantLines(environment: Findings['environment']): readonly string[] {
  if (environment === undefined) {
    return ['Not asked. To ask, choose an environment of this account with "Reltio: Switch Environment" first.'];
  }
  const { tenants, is } = environment;
  if (isFailure(tenants)) {
    return [`No answer: ${describe(tenants)}`];
  }
  if (tenants.length === 0) {
    return ['None.'];
  }
  return limited(tenants, ({ id, name, customer }) => {
    const details = [displayText(id), ...(customer === undefined ? [] : [displayText(customer)])];
    const inUse = id === is.tenant ? ['in use'] : [];
    return name === undefined
      ? [...details, ...inUse].join(', ')
      : `${displayText(name)} (${[...details, ...inUse].join(', ')})`;
  });
}

function tenantName(id: string, named: readonly Tenant[]): string {
  const name = named.find((tenant) => tenant.id === id)?.name;
  return name === undefined ? displayText(id) : `${displayText(name)} (${displayText(id)})`;
}

function contentLines(content: Findings['content']): readonly string[] {
  switch (content) {
    case 'opaque':
      return ['Nothing that can be read: this token is only a number for Reltio to look up.'];
    case 'unreadable':
      return ['It could not be unpacked.'];
    default:
      return [...contentRows(content), 'Read on this computer, for display only. Only Reltio can check its signature.'];
  }
}

function contentRows({ user, tenants, issuer }: TokenContent): readonly string[] {
  return rows([
    ['User', shown(user)],
    ['Tenant', tenants.length === 0 ? undefined : displayList(tenants)],
    ['Issued by', issuer === undefined ? 'not named' : issuerName(issuer)],
  ]);
}

/** The host alone: an editor would make a link of the address, and it may be anybody's. */
function issuerName(issuer: string): string {
  const { host = '' } = URL.canParse(issuer) ? new URL(issuer) : {};
  return host === '' ? displayText(issuer) : displayHost(host);
}

/** Only of what is shown, a line is made: the extension host must not stand still over a long answer. */
function limited<T>(all: readonly T[], line: (one: T) => string): readonly string[] {
  const lines = all.slice(0, mostRows).map(line);
  return all.length <= mostRows ? lines : [...lines, `and ${all.length - mostRows} more`];
}

function shown(text: string | undefined): string | undefined {
  return text === undefined ? undefined : displayText(text);
}

function rows(all: readonly (readonly [string, string | undefined])[]): readonly string[] {
  return all.flatMap(([name, value]) => (value === undefined ? [] : [`${`${name}:`.padEnd(15)} ${value}`]));
}
