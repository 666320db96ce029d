import * as vscode from 'vscode';
import { Failure } from '../../core/base/failure';
import type { Core } from '../../core/core';
import { accountLabel, type Account } from '../../core/model/account';
import type { Clock } from '../../core/base/clock';
import type { Log } from '../../core/base/log';
import type { Session } from '../../core/model/session';
import type { Sessions } from '../../core/sessions/sessions';
import type { AccountInUse } from '../../editor/accountInUse';
import type { CopiedToken } from '../../editor/copiedToken';
import type { Host } from '../../editor/host';
import type { Environment } from '../../editor/settings/environments';
import type { ClipboardGuard } from './clipboardGuard';
import { copiedCurl, copiedHeader, copiedText, copiedToken, type CopiedForm } from './copiedText';

export type CopyForm = CopiedToken['form'];

export interface CopyParts {
  readonly sessions: Sessions;
  readonly accountInUse: AccountInUse;
  readonly loadClipboard: () => Promise<ClipboardGuard>;
  /** Whether the user works in this window, as far as VS Code can tell. */
  readonly isFocused: () => boolean;
  /** Whether the user wants to be asked each time. */
  readonly isConfirmed: () => boolean;
  readonly environments: () => Promise<readonly Environment[]>;
  /** The environment in which a command for this account is run: the one in use, or the one that the user picks. */
  readonly environmentFor: (account: Account) => Promise<Environment>;
  /** Whether a token of this account may be meant for production. */
  readonly mayBeProduction: (account: Account) => Promise<boolean>;
  /** Whether the host of this environment may get a token. Asks the user if it has to. */
  readonly mayReceiveToken: (url: string) => Promise<boolean>;
  readonly clock: Clock;
  readonly log: Log;
}

/** @param loadClipboard returns the same one for every copy of this window */
export function copyParts(
  { sessions, clock, log }: Core,
  host: Host,
  loadClipboard: CopyParts['loadClipboard'],
): CopyParts {
  const { accountInUse, environmentInUse, settings, isFocused } = host;
  return {
    sessions,
    accountInUse,
    loadClipboard,
    isFocused,
    isConfirmed: () => settings.value('clipboard.confirm'),
    environments: async () => (await settings.read()).environments,
    environmentFor: (account) => environmentInUse.environmentFor(account),
    mayBeProduction: (account) => environmentInUse.mayBeProduction(account),
    mayReceiveToken: async (url) => {
      const { mayReceiveToken } = await import('../../editor/tokenConsent');
      return await mayReceiveToken(url, host);
    },
    clock,
    log,
  };
}

interface Copied {
  readonly what: CopiedForm;
  readonly text: string;
}

/** Copies for whatever the user does with it; cURL is for an environment. */
export async function copy(
  form: CopyForm,
  sessionId: string | undefined,
  about: (session: Session) => void,
  parts: CopyParts,
): Promise<void> {
  await copyFor(form === 'curl' ? 'environment' : 'anything', form, sessionId, about, parts);
}

/**
 * Copies a valid token to the clipboard, and shows how long it is valid and how long it stays there. A command cannot see
 * who runs it: any extension, a task with `${command:…}` or an agent may. So each copy is logged and shown in the status
 * bar, and a window without the focus copies nothing.
 *
 * @param purpose for an environment, that one is asked about, and its host must be allowed to get a token
 * @param about receives the session of the token before anything can fail
 * @returns the environment that it was copied for; undefined if there is none, or the user declined
 * @throws {Failure} `windowNotFocused`, or the reason why there is no valid token
 */
export async function copyFor(
  purpose: 'environment' | 'anything',
  form: CopyForm,
  sessionId: string | undefined,
  about: (session: Session) => void,
  parts: CopyParts,
): Promise<Environment | undefined> {
  const { sessions, accountInUse, clock, log } = parts;
  if (!parts.isFocused()) {
    log.warn('copy: refused in a window without focus', {
      form,
      ...(sessionId === undefined ? {} : { session: sessionId }),
    });
    throw new Failure('windowNotFocused');
  }
  const session = await accountInUse.sessionFor(sessionId);
  about(session);
  const environment = purpose === 'environment' ? await parts.environmentFor(session.account) : undefined;
  const isProduction = environment?.production ?? (await parts.mayBeProduction(session.account));
  if (
    (environment !== undefined && !(await parts.mayReceiveToken(environment.url))) ||
    ((isProduction || parts.isConfirmed()) && !(await confirmed(form, session, environment, parts)))
  ) {
    log.info('copy: declined', { session: session.id, form });
    return undefined;
  }
  const fresh = await sessions.fresh(session.id);
  const clipboard = await parts.loadClipboard();
  const { what, text } = await copied(form, fresh.tokens.accessToken, environment);
  const stay = await clipboard.write({
    text,
    label: accountLabel(fresh.account),
    form,
    tokenExpiresAt: fresh.tokens.accessTokenExpiresAt,
  });
  log.info('copy: done', { session: fresh.id, form });
  void vscode.window.showInformationMessage(copiedText(what, fresh, stay, accountInUse.isNamed, clock.now()));
  return environment;
}

/** The header is in the form that `curl -H` and request files take (RFC 6750 section 2.1). */
async function copied(form: CopyForm, accessToken: string, environment: Environment | undefined): Promise<Copied> {
  if (form === 'curl' && environment !== undefined) {
    const [{ curlCommand }, { shellInUse }] = await Promise.all([import('./curl'), import('../../editor/shell')]);
    const { shell, curl } = shellInUse();
    return { what: copiedCurl(environment.name, shell), text: curlCommand(environment, accessToken, shell, curl) };
  }
  return form === 'token'
    ? { what: copiedToken, text: accessToken }
    : { what: copiedHeader, text: `Authorization: Bearer ${accessToken}` };
}

async function confirmed(
  form: CopyForm,
  { account }: Session,
  environment: Environment | undefined,
  { environments }: CopyParts,
): Promise<boolean> {
  const { confirm } = await import('../../editor/prompt/confirm');
  const { copyQuestion } = await import('./copyQuestion');
  return await confirm(copyQuestion(form, account, environment === undefined ? await environments() : [environment]));
}
