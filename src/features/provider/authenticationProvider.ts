import * as vscode from 'vscode';
import { isCancelled, isFailure } from '../../core/base/failure';
import type { Changes } from '../../core/model/changes';
import type { Log } from '../../core/base/log';
import type { Session } from '../../core/model/session';
import type { Sessions } from '../../core/sessions/sessions';
import type { SettingsValue } from '../../editor/settings/settingsValue';
import { Announcements } from './announcements';
import { Candidates, type Prepare } from './candidates';
import type { ChallengedParts, Constraint } from './challenges';
import { isRefusal } from './refusal';
import type { SignInPort } from './requestedSignIn';
import { ScopeRequest } from './scopeRequest';
import { toVSCode } from './vscodeSession';
import { isOfAccount, requestedAccount, type RequestedAccount } from './wantedAccount';

export interface ProviderParts extends ChallengedParts {
  readonly sessions: Sessions;
  readonly onDidChangeSessions: (listener: (changes: Changes) => void) => () => void;
  readonly signIn: SignInPort;
  readonly readSettings: () => Promise<SettingsValue>;
  /** Offers the user, once per token, the remedy that this session needs. */
  readonly offerRemedy: (session: Session) => void;
  /** Shows, once in this window, that it needs a reload, if that is what the error says. */
  readonly noticeOutdated: (error: unknown) => void;
  /** A failure in words, for the other extension. */
  readonly sentenceFor: (error: unknown) => Promise<string>;
  /** Another extension has asked, and there was a session. VS Code does not say whether the user let it have that one. */
  readonly asked: () => void;
  readonly log: Log;
  /** Loaded by the first prompt: most windows never show one. */
  readonly loadPrompting: () => Promise<Pick<typeof import('./requestedSignIn'), 'requestedSignIn'>>;
  readonly loadChallenges: () => Promise<typeof import('./challenges')>;
}

/**
 * Reltio in VS Code's authentication API. It must not call `vscode.authentication` itself: VS Code queues all calls into
 * one provider, so the inner call would wait for the outer one forever.
 */
export class AuthenticationProvider implements vscode.AuthenticationProvider, vscode.Disposable {
  readonly onDidChangeSessions: vscode.AuthenticationProvider['onDidChangeSessions'];

  private readonly announcements: Announcements;
  private readonly candidates: Candidates;
  private readonly unsubscribe: () => void;

  constructor(private readonly parts: ProviderParts) {
    this.announcements = new Announcements(async () => (await parts.readSettings()).environments, parts.log);
    this.candidates = new Candidates(parts.sessions, parts.offerRemedy);
    this.onDidChangeSessions = this.announcements.event;
    this.unsubscribe = parts.onDidChangeSessions((changes) => {
      this.announcements.announceSoon(changes);
    });
  }

  /**
   * Without scopes, VS Code's own menu asks: it gets the stored sessions at once and never an error. With scopes, even an
   * empty list, another extension asks: it gets fresh tokens.
   *
   * @throws {Error} a sentence for the user, when the only fitting session cannot be refreshed at the moment
   */
  async getSessions(
    scopes: readonly string[] | undefined,
    options?: vscode.AuthenticationProviderSessionOptions,
  ): Promise<vscode.AuthenticationSession[]> {
    if (scopes === undefined) {
      return await this.storedSessions(requestedAccount(options));
    }
    return await this.orSentence(() => this.answer(scopes, requestedAccount(options)));
  }

  /** As `getSessions`, for an extension that got these challenges. Since VS Code 1.105, which calls it if it is here. */
  async getSessionsFromChallenges(
    constraint: Constraint,
    options?: vscode.AuthenticationProviderSessionOptions,
  ): Promise<vscode.AuthenticationSession[]> {
    return await this.orSentence(async () => {
      const { readConstraint } = await this.parts.loadChallenges();
      const { scopes, entry, prepare } = readConstraint(constraint, this.parts);
      return await this.answer(scopes, requestedAccount(options), entry, prepare);
    });
  }

  /**
   * Another extension wants a session, and the user has agreed. Returns a matching session if one was added since the
   * extension asked. Otherwise prompts the user, for at most five minutes.
   */
  async createSession(
    scopes: readonly string[],
    options?: vscode.AuthenticationProviderSessionOptions,
  ): Promise<vscode.AuthenticationSession> {
    return await this.orSentence(async () => {
      const request = await this.parse(scopes);
      const account = requestedAccount(options);
      const session =
        (await this.sessionAddedMeanwhile(request, account)) ?? (await this.promptForSession(request, account));
      this.announcements.unanswered.answered(scopes);
      this.parts.asked();
      return this.handOut(session, scopes);
    }, showRefusal);
  }

  /** As `createSession`, for an extension that got these challenges. */
  async createSessionFromChallenges(
    constraint: Constraint,
    options?: vscode.AuthenticationProviderSessionOptions,
  ): Promise<vscode.AuthenticationSession> {
    const { readConstraint } = await this.orSentence(() => this.parts.loadChallenges());
    return await this.createSession(readConstraint(constraint, this.parts).scopes, options);
  }

  /** Called by Sign Out in VS Code's Accounts menu. Signs out here only: the tokens of other tools stay valid. */
  async removeSession(sessionId: string): Promise<void> {
    try {
      await this.parts.sessions.signOut(sessionId, 'here');
      if (this.parts.sessions.problem?.code === 'storeNotWritten') {
        throw this.parts.sessions.problem; // the session will be back after a restart, so the user must know
      }
    } catch (error) {
      throw await this.asSentence(error);
    }
  }

  dispose(): void {
    this.unsubscribe();
    this.announcements.dispose();
  }

  private async answer(
    scopes: readonly string[],
    account: RequestedAccount | undefined,
    entry?: readonly string[],
    prepare?: Prepare,
  ): Promise<vscode.AuthenticationSession[]> {
    const request = await this.parse(scopes);
    const answered = await this.candidates.answer(await this.candidates.fitting(request, account), prepare);
    if (answered.length === 0) {
      this.announcements.unanswered.add(request.original, account, entry);
    } else {
      this.announcements.unanswered.answered(request.original);
      this.parts.asked();
    }
    this.parts.log.info('getSessions: answered', { count: answered.length });
    return answered.map((session) => this.handOut(session, request.original));
  }

  private handOut(session: Session, scopes: readonly string[]): vscode.AuthenticationSession {
    return toVSCode(session, scopes, this.parts.sessions.timeLeft(session));
  }

  private async storedSessions(account: RequestedAccount | undefined): Promise<vscode.AuthenticationSession[]> {
    try {
      const sessions = await this.parts.sessions.listSoon();
      return sessions
        .filter((session) => isOfAccount(session, account))
        .map((session) => this.handOut(session, session.tokens.scopes ?? []));
    } catch (error) {
      this.parts.log.warn('getSessions: stored sessions not available', isFailure(error) ? { code: error.code } : {});
      return [];
    }
  }

  private async parse(scopes: readonly string[]): Promise<ScopeRequest> {
    const { environments, ignored } = await this.parts.readSettings();
    return ScopeRequest.parse(scopes, environments, ignored);
  }

  /**
   * A session that another sign-in has added since the extension asked. The entry in VS Code's menu does not say for which
   * account it was made: another one than that, if it came without a prompt, would be no answer.
   */
  private async sessionAddedMeanwhile(
    request: ScopeRequest,
    account: RequestedAccount | undefined,
  ): Promise<Session | undefined> {
    const open = this.announcements.unanswered.open(request.original);
    if (open === undefined) {
      return undefined;
    }
    // The user has agreed to sign in, so a keyring may ask for its password now.
    return await this.candidates.firstFresh(await this.candidates.fitting(request, account ?? open.account, 'always'));
  }

  private async promptForSession(request: ScopeRequest, account: RequestedAccount | undefined): Promise<Session> {
    const { requestedSignIn } = await this.parts.loadPrompting();
    return await this.candidates.fresh(await requestedSignIn(this.parts, request, account));
  }

  /** @throws {Error} a sentence for the user, or a cancellation */
  private async orSentence<T>(work: () => Promise<T>, onRefusal?: (refusal: Error) => void): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (isRefusal(error)) onRefusal?.(error);
      throw isCancelled(error) ? new vscode.CancellationError() : await this.asSentence(error);
    }
  }

  private async asSentence(error: unknown): Promise<Error> {
    this.parts.noticeOutdated(error); // the other extension may show nothing
    return isRefusal(error) ? error : new Error(await this.parts.sentenceFor(error));
  }
}

/** VS Code shows nothing when its entry in the Accounts menu fails, after a sign-in that may have succeeded. */
function showRefusal({ message }: Error): void {
  void vscode.window.showErrorMessage(message);
}
