import * as l10n from '@vscode/l10n';
import { displayHostOf, displayList, displayText } from '../../core/base/displayText';
import { Failure, isFailure } from '../../core/base/failure';
import type { Tenant } from '../../core/dataApi/tenant';
import { accountLabel } from '../../core/model/account';
import { accountKind } from '../../core/model/accountKind';
import { failureToReport } from '../../core/model/failureToReport';
import type { Session } from '../../core/model/session';
import type { Tokens } from '../../core/model/tokens';
import type { TokenInfo } from '../../core/oauth/tokenInfo';
import { accountText } from '../../editor/messages/accountText';
import { describe } from '../../editor/messages/messages';
import { nextStep } from '../../editor/messages/nextStep';
import { scopesText } from '../../editor/messages/sessionText';
import { estimatedText, spanText, zonedTimeText } from '../../editor/messages/timeText';
import { environmentAtHost } from '../../editor/settings/environmentsOf';
import type { Findings, NotAsked } from './askReltio';
import { contentParts } from './contentText';
import { block, limited, rows, shown, type Row } from './lines';

/**
 * The findings as a text that reads well as it is and as Markdown. Everything from outside stands in indented blocks, which
 * a preview shows as they are: no link, no image. Other extensions can read it, so it holds no secret. Pure.
 */
export function whoAmIText(findings: Findings): string {
  const { session, askedAt, environment, content } = findings;
  const host = displayHostOf(session.account.identityServer);
  const { refreshNote } = accountText(session.account);
  const parts = [
    `# ${l10n.t('Who am I at Reltio')}`,
    block(
      rows([
        [l10n.t('Account'), accountLabel(session.account)],
        [l10n.t('Asked'), zonedTimeText(askedAt)],
      ]),
    ),
    ...(refreshNote === '' ? [] : [refreshNote.trim()]),
    `## ${l10n.t('What {0} says of your token', host)}`,
    ...checkParts(findings, host),
    `## ${tenantsTitle(environment)}`,
    ...tenantParts(findings),
    `## ${l10n.t('What the token says of itself (not verified)')}`,
    ...contentParts(content, host),
  ];
  return `${parts.join('\n\n')}\n`;
}

function tenantsTitle(environment: Findings['environment']): string {
  return typeof environment === 'string'
    ? l10n.t('Tenants that are listed for your token')
    : l10n.t('Tenants that are listed for your token in {0}', environmentAtHost(environment.is));
}

function checkParts({ check, environment, session, askedAt }: Findings, host: string): readonly string[] {
  if (check === 'noClient') {
    return [noClientText(session, host, askedAt)];
  }
  if (check === 'notValid') {
    // A token of another cluster is refused although it is valid (docs/reltio.md, R40).
    return typeof environment === 'string' || isFailure(environment.tenants)
      ? [`${l10n.t('The token is not valid.')} ${nextStep(session, askedAt)}`]
      : [
          l10n.t(
            'Nothing: {0} does not know it. {1} accepts it, so another server issued it.',
            host,
            displayHostOf(environment.is.url),
          ),
        ];
  }
  if (isFailure(check)) {
    return [`${l10n.t('Not known.')} ${describe(failureToReport(session, check, askedAt))}`];
  }
  const tenants = typeof environment === 'string' || isFailure(environment.tenants) ? [] : environment.tenants;
  return [block([...userRows(check, session, askedAt), ...roleLines(check, tenants)])];
}

function noClientText(session: Session, host: string, now: number): string {
  if (!accountKind(session.account).knowsClient) {
    return l10n.t(
      'Not asked, because {0} answers only to a client, and no client that it accepts is stored here.',
      host,
    );
  }
  const why = l10n.t(
    'Not asked, because {0} answers only to a client, and that of this account is not stored here.',
    host,
  );
  return `${why} ${nextStep(session, now, new Failure('clientUnknown'))}`;
}

function userRows(info: TokenInfo, { account, tokens }: Session, now: number): readonly string[] {
  const { user, email, customer, clientId, expiresAt, scopes } = info;
  const isClient = account.user === undefined;
  return rows([
    [
      l10n.t('User'),
      isClient && user !== undefined
        ? l10n.t('{0}, made up by Reltio for this client', displayText(user))
        : shown(user),
    ],
    ...(isClient ? [] : [[l10n.t('E-mail'), shown(email)] satisfies Row]),
    [l10n.t('Customer'), shown(customer)],
    [l10n.t('Client'), shown(clientId)],
    [l10n.t('Token expires'), expiryText(expiresAt, tokens, now)],
    [l10n.t('Access to'), scopesText(scopes.length === 0 ? tokens.scopes : scopes)],
  ]);
}

function expiryText(expiresAt: number | undefined, tokens: Tokens, now: number): string {
  if (expiresAt === undefined) {
    return l10n.t(
      'not stated; as far as VS Code knows, {0}',
      estimatedText(tokens, zonedTimeText(tokens.accessTokenExpiresAt)),
    );
  }
  const when = zonedTimeText(expiresAt);
  return expiresAt <= now
    ? l10n.t('{0}: it has expired', when)
    : l10n.t('{0}, in {1}', when, spanText(expiresAt - now));
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
    const held = own.length === 0 ? l10n.t('no role') : displayList(own);
    return `${tenantName(id, named)}: ${held}`;
  });
  const general = everywhere.length === 0 ? [] : [l10n.t('Without a tenant: {0}', displayList(everywhere))];
  const all = [...lines, ...general];
  return all.length === 0
    ? [l10n.t('Roles: none were named')]
    : [l10n.t('Roles by tenant:'), ...all.map((line) => `  ${line}`)];
}

function notAskedText(why: NotAsked): string {
  switch (why) {
    case 'none':
      return l10n.t(
        'Not asked, because you have no environment for this account. Run "Reltio: Add Environment" to set one up.',
      );
    case 'notChosen':
      return l10n.t(
        'Not asked, because this workspace uses no environment of this account yet. Run "Reltio: Switch Environment" to choose one.',
      );
    case 'notAllowed':
      return l10n.t(
        'Not asked, because you did not allow your token to be sent there. Run "Reltio: Who Am I" again to be asked again.',
      );
  }
}

function tenantParts({ environment, session, askedAt }: Findings): readonly string[] {
  if (typeof environment === 'string') {
    return [notAskedText(environment)];
  }
  const { tenants, is } = environment;
  if (isFailure(tenants)) {
    return [`${l10n.t('Not known.')} ${describe(tenants, nextStep(session, askedAt))}`];
  }
  if (tenants.length === 0) {
    return [l10n.t('None. {0} answered, but lists no tenant for this token.', displayHostOf(is.url))];
  }
  const lines = limited(tenants, ({ id, name, customer }) => {
    const details = [displayText(id), ...(customer === undefined ? [] : [displayText(customer)])];
    const inUse = id === is.tenant ? [l10n.t('in use')] : [];
    return name === undefined
      ? [...details, ...inUse].join(', ')
      : `${displayText(name)} (${[...details, ...inUse].join(', ')})`;
  });
  return [block(lines), l10n.t('The list may contain tenants in which you have no role.')];
}

function tenantName(id: string, named: readonly Tenant[]): string {
  const name = named.find((tenant) => tenant.id === id)?.name;
  return name === undefined ? displayText(id) : `${displayText(name)} (${displayText(id)})`;
}
