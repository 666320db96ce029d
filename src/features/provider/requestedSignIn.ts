import * as l10n from '@vscode/l10n';
import { accountLabel } from '../../core/model/account';
import { displayList, displayText } from '../../core/base/displayText';
import type { Session } from '../../core/model/session';
import type { SettingsValue } from '../../editor/settings/settingsValue';
import { Refusal } from './refusal';
import type { ScopeRequest } from './scopeRequest';
import {
  isOfAccount,
  isReadable,
  displayLabel,
  wantedAccount,
  type RequestedAccount,
  type WantedAccount,
} from './wantedAccount';

/** VS Code queues every call into a provider, so a prompt that another extension started must end (milliseconds). */
export const promptLimit = 5 * 60_000;

/** The sign-in of this window. */
export interface SignInPort {
  /**
   * @param isWanted if a sign-in that was already open returns another account, a second one follows within the same limit
   * @throws {Failure} `cancelled` when the user cancels, or after `limit` milliseconds
   */
  start(wanted: WantedAccount, limit: number, isWanted: (session: Session) => boolean): Promise<Session>;
}

export interface RequestedSignInParts {
  readonly sessions: { readonly known: readonly Session[] };
  readonly signIn: SignInPort;
  readonly readSettings: () => Promise<Pick<SettingsValue, 'identityServers'>>;
}

/**
 * Prompts the user for the account that another extension asks for.
 *
 * @throws {Refusal} if the user signs in with another account, or Reltio does not grant the scopes
 */
export async function requestedSignIn(
  { sessions, signIn, readSettings }: RequestedSignInParts,
  request: ScopeRequest,
  requested: RequestedAccount | undefined,
): Promise<Session> {
  const { known } = sessions;
  const { identityServers } = await readSettings();
  // An account that we cannot read is ignored: VS Code itself warns the user when the labels differ.
  const account = requested !== undefined && isReadable(requested, known) ? requested : undefined;
  const isWanted = (session: Session): boolean => request.isOfEnvironment(session) && isOfAccount(session, account);
  const wanted = wantedAccount(request, account, known, identityServers);
  const session = await signIn.start(wanted, promptLimit, isWanted);
  if (!isWanted(session)) {
    const asked = account === undefined ? displayText(request.environment?.name ?? '') : displayLabel(account);
    throw new Refusal(
      l10n.t('You signed in as {0}, but {1} was requested. Try again.', accountLabel(session.account), asked),
    );
  }
  requireGranted(session, request.missing(session));
  return session;
}

function requireGranted({ account, tokens }: Session, missing: readonly string[]): void {
  if (missing.length > 0) {
    throw new Refusal(
      l10n.t(
        'Reltio did not grant {0} to {1}. Granted: {2}. Ask your Reltio administrator for a role that has it.',
        displayList(missing),
        accountLabel(account),
        displayList(tokens.scopes ?? []),
      ),
    );
  }
}
