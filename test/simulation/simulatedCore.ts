import { isFailure } from '../../src/core/base/failure';
import { createCore, type Core } from '../../src/core/core';
import { FileLock } from '../../src/core/locking/fileLock';
import type { Log } from '../../src/core/base/log';
import type { History } from '../../src/core/history/history';
import { noJournal } from '../../src/core/journal/journal';
import { canRefresh } from '../../src/core/model/refreshMeans';
import type { Session } from '../../src/core/model/session';
import type { Credentials } from '../../src/core/model/signInMethod';
import type { Client } from '../../src/core/oauth/client';
import type { GrantedToken } from '../../src/core/oauth/tokenResponse';
import type { SessionStore } from '../../src/core/storage/sessionStore';
import type { Sessions } from '../../src/core/sessions/sessions';
import { SignInAttempt, type SignedIn } from '../../src/core/calls/signInAttempt';
import { isSameAccount } from '../../src/core/model/account';
import { isExpired } from '../../src/core/model/tokens';
import { preloaded } from '../fakes/preloaded';
import type { CauseCheck } from './causeCheck';
import type { Login } from './logins';
import { network } from './network';
import { plant, type Planted } from './planted';
import type { Process } from './process';
import { identityServer, type Server } from './server';
import type { Scenario } from './scenario';
import { methods } from '../../src/features/signIn/methods/methods';
import { sharedFolderOf, stateFileOf, type SecretStorage } from './storage';
import type { RuleChecker } from './ruleChecker';
import type { Outages } from './outages';

const silent: Log = { info: () => undefined, warn: () => undefined };

/** The extension in one VS Code window: the real core in a simulated environment, and the actions of its users. */
export class SimulatedCore {
  readonly sessions: Sessions;
  private readonly core: Core;

  constructor(
    readonly process: Process,
    private readonly server: Server,
    storage: SecretStorage,
    outages: Outages,
    private readonly rules: RuleChecker,
    scenario: Scenario,
    history: History,
    planted: Planted = {},
    private readonly causes?: CauseCheck,
  ) {
    const { clock, dice: random } = process;
    const http = network(process, server.identity, outages, rules);
    const lock = new FileLock(sharedFolderOf(process, process.machine.lockFiles), clock, random, silent);
    this.core = createCore({
      secrets: storage.open(process),
      stateFile: stateFileOf(process),
      remembered: { recall: () => 'nothing', keep: () => undefined },
      distrustEmptyState: false,
      methods,
      lock: planted.lock?.(lock) ?? lock,
      callFolder: sharedFolderOf(process, process.machine.callFiles),
      journal: noJournal,
      history,
      http: planted.http?.(http) ?? http,
      clock,
      random,
      log: silent,
      isKeepAliveWanted: () => scenario.keepAlive,
      lazyModules: preloaded,
    });
    plant(planted, this.core);
    this.sessions = this.core.sessions;
    if (scenario.keepAlive) {
      void this.core.load(); // starts the timer
    }
  }

  get store(): SessionStore {
    return this.core.parts.store;
  }

  /** The window got the focus. */
  resetBackOff(): void {
    this.core.resetBackOff();
  }

  async fresh(session: Session): Promise<void> {
    const done = this.rules.callStarted(this.process);
    try {
      const fresh = await this.sessions.fresh(session.id);
      this.rules.returned(this.process, fresh);
      if (session.renewal === undefined) {
        this.server.used(session.account.user ?? '');
      }
      if (!this.server.isValid(fresh.tokens.accessToken)) {
        await this.report(fresh.tokens.accessToken);
      }
    } catch (error) {
      this.rules.failed(this.process, session, error);
      const known = this.sessions.known.find(({ id }) => id === session.id);
      const goesOn = known !== undefined && this.sessions.activity(known).isRefreshing; // only this caller did not wait
      await (goesOn ? undefined : this.causes?.failed(known, error));
    } finally {
      done();
    }
  }

  /** Reports a token that an environment rejected. */
  private async report(accessToken: string): Promise<void> {
    this.rules.counts.reported += 1;
    if (JSON.stringify(await this.core.reportRejected(accessToken)).includes('"kind":"refreshed"')) {
      this.rules.counts.refreshedAfterReport += 1;
    }
  }

  async refreshNow(session: Session): Promise<void> {
    this.rules.failuresForgotten(this.process);
    const done = this.rules.callStarted(this.process);
    try {
      await this.sessions.refreshNow(session.id);
    } catch {
      this.rules.counts.failed += 1;
    } finally {
      done();
    }
  }

  /** A failure is shown to the user; the store may still complete the sign-out later. */
  async signOut(session: Session, where: 'here' | 'atReltioToo'): Promise<void> {
    try {
      const outcome = await this.sessions.signOut(session.id, where);
      this.causes?.signedOut(outcome === undefined ? [] : [session.id], 'signedOutHere');
    } catch (error) {
      if (!isFailure(error)) {
        throw error;
      }
      this.rules.counts.failed += 1;
    }
  }

  /** Signs in again; if the same tokens are returned, revokes them and signs in once more. */
  async renew(login: Login, old: Session): Promise<void> {
    await this.signIn(login);
    const now = this.sessions.known.find(({ account }) => isSameAccount(account, login.account));
    if (now !== undefined && now.tokens.refreshToken === old.tokens.refreshToken) {
      this.rules.signsOut(login); // also if the server says "revoked" but does nothing
      await this.sessions.revokeToRenew(now.id).catch(() => undefined);
      await this.signIn(login);
      this.rules.signsIn(login);
    }
  }

  /** Whether only its user can get the next token of this session. */
  needsSignIn(session: Session): boolean {
    return (
      session.state === 'signInAgain' || (!canRefresh(session) && isExpired(session.tokens, this.process.clock.now()))
    );
  }

  /** One press of Enter in the last box of a sign-in. */
  async signIn(login: Login): Promise<boolean> {
    try {
      const signedIn = await this.grantOf(login);
      if (signedIn === undefined) {
        return false;
      }
      if (signedIn.client !== undefined) {
        await this.core.clients.save(identityServer, signedIn.client);
      }
      await this.sessions.add(signedIn);
      this.rules.failuresForgotten(this.process);
      return true;
    } catch {
      return false;
    }
  }

  private async grantOf(login: Login): Promise<SignedIn | undefined> {
    switch (login.kind) {
      case 'password':
        return await this.send(this.server.identity.clients.documented, {
          user: login.user.name,
          secret: login.user.password,
        });
      case 'clientCredentials': {
        const done = this.rules.clientSignsIn(this.process, login.client.id);
        return await this.send(login.client).finally(done);
      }
      case 'pastedToken':
        return this.pasted(login);
    }
  }

  /** @param credentials of the user, if there is one */
  private async send({ id, secret }: Client, credentials?: Credentials): Promise<SignedIn | undefined> {
    const client = { id, secret };
    const attempt = new SignInAttempt(this.core.calls, this.process.clock, methods, identityServer, client);
    const limit = new AbortController().signal;
    const kind = credentials === undefined ? 'clientCredentials' : 'password';
    const outcome = await attempt.send({ kind }, credentials ?? {}, limit);
    return outcome.kind === 'signedIn' ? outcome : undefined;
  }

  private pasted(login: Login): SignedIn | undefined {
    const { kind, account } = login;
    const token = this.server.tokenOfAnotherTool(login);
    if (token === undefined) {
      return undefined;
    }
    this.rules.pastes(token.accessToken);
    const answer: GrantedToken = {
      kind: 'granted',
      ...token,
      refreshToken: undefined,
      expiryIsEstimate: false,
      scopes: undefined,
    };
    return {
      kind: 'signedIn',
      account,
      method: { kind },
      renewal: 'none',
      answer,
      startedAt: this.process.clock.now(),
    };
  }
}
