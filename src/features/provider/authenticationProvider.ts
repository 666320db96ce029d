import * as vscode from 'vscode';
import { isFailure } from '../../core/base/failure';
import { accountLabel } from '../../core/model/account';
import type { Changes } from '../../core/model/changes';
import { displayText, displayList } from '../../core/base/displayText';
import type { Log } from '../../core/base/log';
import type { Session } from '../../core/model/session';
import type { Sessions } from '../../core/sessions/sessions';
import { describe, isCancelled } from '../../editor/messages/messages';
import type { SettingsValue } from '../../editor/settings/settings';
import { Announcements } from './announcements';
import { Refusal } from './refusal';
import { ScopeRequest } from './scopeRequest';
import { toVSCode } from './vscodeSession';
import { isOfAccount, isReadable, shownLabel, wantedAccount, type WantedAccount } from './wantedAccount';

/** VS Code queues every call into a provider, so a prompt that another extension started must end (milliseconds). */
export const promptLimit = 5 * 60_000;

/** Network time for all accounts of one call: VS Code queues every other call behind it (milliseconds). */
const consumerWait = 5_000;

/** The sign-in of this window. */
export interface SignInPort {
  /**
   * @param isWanted where a sign-in that was under way brings somebody else, another follows within the same limit
   * @throws {Failure} `cancelled` when the person leaves, or after `limit` milliseconds
   */
  start(wanted: WantedAccount, limit: number, isWanted: (session: Session) => boolean): Promise<Session>;
}

export interface ProviderParts {
  readonly sessions: Sessions;
  readonly onDidChangeSessions: (listener: (changes: Changes) => void) => () => void;
  readonly signIn: SignInPort;
  readonly readSettings: () => Promise<SettingsValue>;
  /** Tells the person, once a token, that only they can help this session. */
  readonly offerRemedy: (session: Session) => void;
  readonly log: Log;
}

/**
 * Reltio in VS Code's authentication API. Never calls `vscode.authentication` for itself: VS Code queues all calls into
 * one provider, and the second would wait for the first for ever.
 */
export class AuthenticationProvider implements vscode.AuthenticationProvider, vscode.Disposable {
  readonly onDidChangeSessions: vscode.AuthenticationProvider['onDidChangeSessions'];

  private readonly announcements: Announcements;
  private readonly unsubscribe: () => void;

  constructor(private readonly parts: ProviderParts) {
    this.announcements = new Announcements(async () => (await parts.readSettings()).environments, parts.log);
    this.onDidChangeSessions = this.announcements.event;
    this.unsubscribe = parts.onDidChangeSessions((changes) => {
      this.announcements.tell(changes);
    });
  }

  /**
   * Without scopes it is VS Code's own menu that asks: what is stored, at once, whatever happens. With scopes, the empty
   * list included, it is another extension, which gets tokens that live.
   *
   * @throws {Error} a sentence for the person, when the only fitting session cannot be renewed at the moment
   */
  async getSessions(
    scopes: readonly string[] | undefined,
    options?: vscode.AuthenticationProviderSessionOptions,
  ): Promise<vscode.AuthenticationSession[]> {
    if (scopes === undefined) {
      return await this.storedSessions(options?.account);
    }
    try {
      const request = await this.parse(scopes);
      const candidates = await this.candidates(request, options?.account);
      const answered = await this.answer(candidates);
      if (answered.length === 0) {
        this.announcements.unanswered.add(request.original);
      } else {
        this.announcements.unanswered.answered(request.original);
      }
      this.parts.log.info('getSessions: answered', { count: answered.length });
      return answered.map((session) => toVSCode(session, request.original));
    } catch (error) {
      throw this.spoken(error);
    }
  }

  /**
   * Another extension wants a session and the person agreed. A fitting one that arrived since the extension asked is
   * taken; otherwise the person is prompted, for five minutes at most.
   */
  async createSession(
    scopes: readonly string[],
    options?: vscode.AuthenticationProviderSessionOptions,
  ): Promise<vscode.AuthenticationSession> {
    try {
      const request = await this.parse(scopes);
      const arrived = this.announcements.unanswered.has(scopes)
        ? await this.arrived(request, options?.account)
        : undefined;
      const session = arrived ?? (await this.living(await this.prompted(request, options?.account)));
      this.announcements.unanswered.answered(scopes);
      return toVSCode(session, scopes);
    } catch (error) {
      throw isCancelled(error) ? new vscode.CancellationError() : this.spoken(error);
    }
  }

  /** VS Code's Accounts menu: signs out here, and leaves the tokens of other tools alone. */
  async removeSession(sessionId: string): Promise<void> {
    try {
      await this.parts.sessions.signOut(sessionId, 'here');
      if (this.parts.sessions.problem?.code === 'storeNotWritten') {
        throw this.parts.sessions.problem; // back after a restart, so the person must know
      }
    } catch (error) {
      throw this.spoken(error);
    }
  }

  dispose(): void {
    this.unsubscribe();
    this.announcements.dispose();
  }

  private async storedSessions(
    account: vscode.AuthenticationSessionAccountInformation | undefined,
  ): Promise<vscode.AuthenticationSession[]> {
    try {
      const sessions = await this.parts.sessions.listSoon();
      return sessions
        .filter((session) => isOfAccount(session, account))
        .map((session) => toVSCode(session, session.tokens.scopes ?? []));
    } catch (error) {
      this.parts.log.warn('getSessions: stored sessions not at hand', isFailure(error) ? { code: error.code } : {});
      return [];
    }
  }

  private async parse(scopes: readonly string[]): Promise<ScopeRequest> {
    const { environments, leftOut } = await this.parts.readSettings();
    return ScopeRequest.parse(scopes, environments, leftOut);
  }

  private async candidates(
    request: ScopeRequest,
    account: vscode.AuthenticationSessionAccountInformation | undefined,
    look: 'whereExpected' | 'forCertain' = 'whereExpected',
  ): Promise<readonly Session[]> {
    const sessions = await this.parts.sessions.usable(look);
    return sessions.filter((session) => request.fits(session) && isOfAccount(session, account));
  }

  /**
   * Of several accounts, one that cannot be renewed is given with its ended token: were it left out, VS Code 1.139 would
   * hand the token of another account to an extension that is used to this one.
   */
  private async answer(candidates: readonly Session[]): Promise<readonly Session[]> {
    const all = await Promise.all(candidates.map((session) => this.renew(session)));
    const results = all.filter(({ failure }) => !isFailure(failure) || failure.code !== 'signedOut');
    const anyUsable = results.some(({ failure }) => !isOver(failure));
    const [first, ...others] = results;
    if (first === undefined || !anyUsable) {
      return [];
    }
    if (others.length === 0 && first.failure !== undefined) {
      throw first.failure;
    }
    results
      .filter(({ failure }) => isOver(failure))
      .forEach(({ session }) => {
        const current = this.parts.sessions.known.find(({ id }) => id === session.id); // the refresh may have changed it
        this.parts.offerRemedy(current ?? session); // nobody is prompted for it while another account answers
      });
    return results.map(({ session }) => session);
  }

  /** A sign-in may bring the token of before, which may have ended, or be refused. */
  private async living(signedIn: Session): Promise<Session> {
    const { session, failure } = await this.renew(signedIn);
    if (failure !== undefined) {
      throw failure;
    }
    return session;
  }

  private async renew(session: Session): Promise<{ session: Session; failure?: Error }> {
    try {
      return { session: await this.parts.sessions.fresh(session.id, consumerWait) };
    } catch (failure) {
      return { session, failure: failure as Error };
    }
  }

  private async arrived(
    request: ScopeRequest,
    account: vscode.AuthenticationSessionAccountInformation | undefined,
  ): Promise<Session | undefined> {
    // The person has agreed to sign in, so a keyring may ask for its password now.
    for (const candidate of await this.candidates(request, account, 'forCertain')) {
      const { session, failure } = await this.renew(candidate);
      if (failure === undefined) {
        return session;
      }
    }
    return undefined;
  }

  private async prompted(
    request: ScopeRequest,
    requested: vscode.AuthenticationSessionAccountInformation | undefined,
  ): Promise<Session> {
    const { known } = this.parts.sessions;
    const { identityServers } = await this.parts.readSettings();
    // One that says nothing to us fixes nobody: VS Code itself tells the person when the labels differ.
    const account = requested !== undefined && isReadable(requested, known) ? requested : undefined;
    const isWanted = (session: Session): boolean => request.isOfEnvironment(session) && isOfAccount(session, account);
    const wanted = wantedAccount(request, account, known, identityServers);
    const session = await this.parts.signIn.start(wanted, promptLimit, isWanted);
    if (!isWanted(session)) {
      const asked = account === undefined ? displayText(request.environment?.name ?? '') : shownLabel(account);
      throw new Refusal(`You signed in as ${accountLabel(session.account)}, and ${asked} was asked for. Try again.`);
    }
    const missing = request.missing(session);
    if (missing.length > 0) {
      const granted = session.tokens.scopes ?? [];
      throw new Refusal(
        `Reltio did not grant ${displayList(missing)} to ${accountLabel(session.account)}. ` +
          `Granted: ${displayList(granted)}. Ask your Reltio administrator for the role that brings it.`,
      );
    }
    return session;
  }

  private spoken(error: unknown): Error {
    return error instanceof Refusal ? error : new Error(describe(error));
  }
}

/** Whether only a new sign-in can bring a token. */
function isOver(failure: Error | undefined): boolean {
  return isFailure(failure) && ['signInAgain', 'tokenRejected', 'refreshKeepsFailing'].includes(failure.code);
}
