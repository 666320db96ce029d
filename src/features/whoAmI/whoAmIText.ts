import { displayHost, displayHostOf, displayList, displayText } from '../../core/base/displayText';
import { Failure, isFailure } from '../../core/base/failure';
import type { Tenant } from '../../core/dataApi/tenant';
import { accountLabel } from '../../core/model/account';
import { accountKind } from '../../core/model/accountKind';
import { failureToReport } from '../../core/model/failureToReport';
import type { Session } from '../../core/model/session';
import type { Tokens } from '../../core/model/tokens';
import type { TokenContent } from '../../core/oauth/tokenContent';
import type { TokenInfo } from '../../core/oauth/tokenInfo';
import { accountText } from '../../editor/messages/accountText';
import { describe } from '../../editor/messages/messages';
import { nextStep } from '../../editor/messages/nextStep';
import { scopesText } from '../../editor/messages/sessionText';
import { estimateText, spanText, zonedTimeText } from '../../editor/messages/timeText';
import { environmentAtHost } from '../../editor/settings/environmentsOf';
import type { Findings, NotAsked } from './askReltio';

/** A customer has some ten tenants, but an answer may list any number. */
const mostRows = 50;

/**
 * The findings as a text that reads well as it is and as Markdown. Everything from outside stands in indented blocks, which
 * a preview shows as they are: no link, no image. Other extensions can read it, so it holds no secret. Pure.
 */
export function whoAmIText(findings: Findings): string {
  const { session, askedAt, environment, content } = findings;
  const host = displayHostOf(session.account.identityServer);
  const { refreshNote } = accountText(session.account);
  const where = typeof environment === 'string' ? '' : ` in ${environmentAtHost(environment.is)}`;
  const parts = [
    '# Who am I at Reltio',
    block(
      rows([
        ['Account', accountLabel(session.account)],
        ['Asked', zonedTimeText(askedAt)],
      ]),
    ),
    ...(refreshNote === '' ? [] : [refreshNote.trim()]),
    `## What ${host} says of your token`,
    ...checkParts(findings, host),
    `## Tenants that are listed for your token${where}`,
    ...tenantParts(findings),
    '## What the token says of itself (not verified)',
    ...contentParts(content, host),
  ];
  return `${parts.join('\n\n')}\n`;
}

function block(lines: readonly string[]): string {
  return lines.map((line) => `    ${line}`).join('\n');
}

function checkParts({ check, environment, session, askedAt }: Findings, host: string): readonly string[] {
  if (check === 'noClient') {
    return [noClientText(session, host, askedAt)];
  }
  if (check === 'notValid') {
    // A token of another cluster is refused although it is valid (docs/reltio.md, R40).
    return typeof environment === 'string' || isFailure(environment.tenants)
      ? [`The token is not valid. ${nextStep(session, askedAt)}`]
      : [
          `Nothing: ${host} does not know it. ${displayHostOf(environment.is.url)} accepts it, so another server issued it.`,
        ];
  }
  if (isFailure(check)) {
    return [`Not known. ${describe(failureToReport(session, check, askedAt))}`];
  }
  const tenants = typeof environment === 'string' || isFailure(environment.tenants) ? [] : environment.tenants;
  return [block([...userRows(check, session, askedAt), ...roleLines(check, tenants)])];
}

function noClientText(session: Session, host: string, now: number): string {
  const why = `Not asked, because ${host} answers only to a client, and`;
  return accountKind(session.account).knowsClient
    ? `${why} that of this account is not stored here. ${nextStep(session, now, new Failure('clientUnknown'))}`
    : `${why} no client that it accepts is stored here.`;
}

function userRows(info: TokenInfo, { account, tokens }: Session, now: number): readonly string[] {
  const { user, email, customer, clientId, expiresAt, scopes } = info;
  const isClient = account.user === undefined;
  return rows([
    ['User', isClient && user !== undefined ? `${displayText(user)}, made up by Reltio for this client` : shown(user)],
    ...(isClient ? [] : [['E-mail', shown(email)] satisfies Row]),
    ['Customer', shown(customer)],
    ['Client', shown(clientId)],
    ['Token expires', expiryText(expiresAt, tokens, now)],
    ['Access to', scopesText(scopes.length === 0 ? tokens.scopes : scopes)],
  ]);
}

function expiryText(expiresAt: number | undefined, tokens: Tokens, now: number): string {
  if (expiresAt === undefined) {
    return `not stated; as far as VS Code knows, ${estimateText(tokens)}${zonedTimeText(tokens.accessTokenExpiresAt)}`;
  }
  const when = zonedTimeText(expiresAt);
  return expiresAt <= now ? `${when}: it has expired` : `${when}, in ${spanText(expiresAt - now)}`;
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

const notAsked: Readonly<Record<NotAsked, string>> = {
  none: 'Not asked, because you have no environment for this account. Run "Reltio: Add Environment" to set one up.',
  notChosen:
    'Not asked, because this workspace uses no environment of this account yet. Run "Reltio: Switch Environment" to choose one.',
  notAllowed:
    'Not asked, because you did not allow your token to be sent there. Run "Reltio: Who Am I" again to be asked again.',
};

function tenantParts({ environment, session, askedAt }: Findings): readonly string[] {
  if (typeof environment === 'string') {
    return [notAsked[environment]];
  }
  const { tenants, is } = environment;
  if (isFailure(tenants)) {
    return [`Not known. ${describe(tenants, nextStep(session, askedAt))}`];
  }
  if (tenants.length === 0) {
    return [`None. ${displayHostOf(is.url)} answered, but lists no tenant for this token.`];
  }
  const lines = limited(tenants, ({ id, name, customer }) => {
    const details = [displayText(id), ...(customer === undefined ? [] : [displayText(customer)])];
    const inUse = id === is.tenant ? ['in use'] : [];
    return name === undefined
      ? [...details, ...inUse].join(', ')
      : `${displayText(name)} (${[...details, ...inUse].join(', ')})`;
  });
  return [block(lines), 'The list may contain tenants in which you have no role.'];
}

function tenantName(id: string, named: readonly Tenant[]): string {
  const name = named.find((tenant) => tenant.id === id)?.name;
  return name === undefined ? displayText(id) : `${displayText(name)} (${displayText(id)})`;
}

function contentParts(content: Findings['content'], host: string): readonly string[] {
  switch (content) {
    case 'opaque':
      return ['Nothing that can be read: this token is only a number for Reltio to look up.'];
    case 'unreadable':
      return ['Nothing that can be read: the token is damaged, too large, or of a form that is not known here.'];
    default:
      return [
        'Read on this computer and only shown: nothing is decided by it, because only Reltio can check its signature.',
        block(contentRows(content, host)),
      ];
  }
}

function contentRows({ user, tenants, issuer }: TokenContent, host: string): readonly string[] {
  return rows([
    ['User', shown(user)],
    ['Tenant', tenants.length === 0 ? undefined : displayList(tenants)],
    ['Issued by', issuer === undefined ? undefined : issuerText(issuer, host)],
  ]);
}

/** Only the server that issued a token can check and refresh it (docs/reltio.md, R40). */
function issuerText(issuer: string, host: string): string {
  const name = issuerName(issuer);
  return name === host ? name : `${name}, not ${host}: then only ${name} can check and refresh it`;
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

type Row = readonly [string, string | undefined];

function rows(all: readonly Row[]): readonly string[] {
  return all.map(([name, value = 'not stated']) => `${`${name}:`.padEnd(15)} ${value}`);
}
