import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import { accountId, accountLabel, parseAccountId, type Account } from '../../core/model/account';
import { displayText, displayHostOf, displayOriginOf } from '../../core/base/displayText';
import type { Session } from '../../core/model/session';
import type { SignInMethod } from '../../core/model/signInMethod';
import { Refusal } from './refusal';
import type { ScopeRequest } from './scopeRequest';

/** The account to sign in with. The user enters what is missing here. */
export interface WantedAccount {
  readonly identityServer?: string;
  readonly clientId?: string;
  readonly user?: string;
  /** The account has no user: the client itself signs in. */
  readonly isClient?: boolean;
  readonly method?: SignInMethod;
}

/** The account that another extension passes in `options.account`. */
export type RequestedAccount = vscode.AuthenticationSessionAccountInformation;

/** Extensions in JavaScript also pass `null`, which VS Code passes on. */
export function requestedAccount(
  options: vscode.AuthenticationProviderSessionOptions | undefined,
): RequestedAccount | undefined {
  return options?.account ?? undefined;
}

export function isOfAccount(session: Session, asked: RequestedAccount | undefined): boolean {
  return (
    asked === undefined || accountId(session.account) === asked.id || accountLabel(session.account) === asked.label
  );
}

/** Whether it identifies a Reltio account: it may come from another provider, or be made up. */
export function isReadable(asked: RequestedAccount, known: readonly Session[]): boolean {
  return (
    known.some((session) => isOfAccount(session, asked)) || (isText(asked.id) && parseAccountId(asked.id) !== undefined)
  );
}

/**
 * The account to prompt for, from the requested account (if any) and the environment.
 *
 * @param identityServers the ones in the settings
 * @throws {Refusal} if the two contradict each other, or only the requesting extension knows the identity server
 */
export function wantedAccount(
  { environment }: ScopeRequest,
  asked: RequestedAccount | undefined,
  known: readonly Session[],
  identityServers: readonly string[],
): WantedAccount {
  const session = asked === undefined ? undefined : known.find((one) => isOfAccount(one, asked));
  const account = session?.account ?? (asked === undefined ? undefined : accountFrom(asked));
  if (asked === undefined || account === undefined) {
    return {
      ...(environment === undefined ? {} : { identityServer: environment.identityServer }),
      ...(environment?.clientId === undefined ? {} : { clientId: environment.clientId }),
    };
  }
  const { identityServer, clientId, user } = account;
  const label = displayLabel(asked);
  if (environment !== undefined && environment.identityServer !== identityServer) {
    throw new Refusal(
      l10n.t(
        '{0} is not an account of {1}, which environment "{2}" trusts. Ask for the environment without an account.',
        label,
        displayHostOf(environment.identityServer),
        displayText(environment.name),
      ),
    );
  }
  if (environment?.clientId !== undefined && environment.clientId !== clientId) {
    throw new Refusal(
      l10n.t(
        '{0} uses client {1}, and environment "{2}" requires {3}. Ask for the environment without an account.',
        label,
        displayText(clientId),
        displayText(environment.name),
        displayText(environment.clientId),
      ),
    );
  }
  // The requesting extension wrote the account: it must not send a password to a server of its choice.
  if (![...identityServers, ...known.map((one) => one.account.identityServer)].includes(identityServer)) {
    throw new Refusal(
      l10n.t(
        '{0} is not one of your identity servers. Add its environment to reltioAuth.environments, or ask without an account.',
        displayOriginOf(identityServer),
      ),
    );
  }
  return {
    identityServer,
    clientId,
    ...(user === undefined ? { isClient: true } : { user }),
    ...(session === undefined ? {} : { method: session.method }),
  };
}

/** The label, safe to display; `this account` if the requesting extension gave none. */
export function displayLabel({ label }: RequestedAccount): string {
  return isText(label) ? displayText(label) : l10n.t('this account');
}

/** The id holds the user name in lower case. The label, by which VS Code identifies the account, holds it as typed. */
function accountFrom({ id, label }: RequestedAccount): Account | undefined {
  const account = isText(id) ? parseAccountId(id) : undefined;
  if (!isText(label)) {
    return account;
  }
  const typed = label.slice(0, account?.user?.length);
  return account?.user !== undefined && typed.toLowerCase() === account.user ? { ...account, user: typed } : account;
}

/** VS Code passes on whatever another extension put there. */
function isText(value: unknown): value is string {
  return typeof value === 'string';
}
