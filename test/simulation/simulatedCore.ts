import { isFailure } from '../../src/core/base/failure';
import { createCore, type Core } from '../../src/core/core';
import { FileLock } from '../../src/core/locking/fileLock';
import type { Log } from '../../src/core/base/log';
import { noJournal } from '../../src/core/journal/journal';
import type { Session } from '../../src/core/model/session';
import type { Sessions } from '../../src/core/sessions/sessions';
import { SignInAttempt } from '../../src/core/calls/signInAttempt';
import { methods } from '../../src/features/signIn/methods/methods';
import { preloaded } from '../fakes/preloaded';
import type { User } from '../identity/users';
import { network } from './network';
import { plant, type Planted } from './planted';
import type { Process } from './process';
import { identityServer, type Server } from './server';
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
    planted: Planted = {},
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
      http: planted.http?.(http) ?? http,
      clock,
      random,
      log: silent,
      isKeepAliveWanted: () => false,
      lazyModules: preloaded,
    });
    plant(planted, this.core);
    this.sessions = this.core.sessions;
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
      if (!this.server.isValid(fresh.tokens.accessToken)) {
        await this.report(fresh.tokens.accessToken);
      }
    } catch (error) {
      this.rules.failed(this.process, session, error);
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
      await this.sessions.signOut(session.id, where);
    } catch (error) {
      if (!isFailure(error)) {
        throw error;
      }
      this.rules.counts.failed += 1;
    }
  }

  /** Signs in again; if the same tokens are returned, revokes them and signs in once more. */
  async renew(user: User, old: Session): Promise<void> {
    await this.signIn(user);
    const now = this.sessions.known.find(({ account }) => account.user === user.name);
    if (now !== undefined && now.tokens.refreshToken === old.tokens.refreshToken) {
      this.rules.signsOut(user.name); // also if the server says "revoked" but does nothing
      await this.sessions.revokeToRenew(now.id).catch(() => undefined);
      await this.signIn(user);
      this.rules.signsIn(user.name);
    }
  }

  /** One press of Enter in the password box. */
  async signIn(user: User): Promise<boolean> {
    const client = this.server.identity.clients.documented;
    const attempt = new SignInAttempt(this.core.calls, this.process.clock, methods, identityServer, client);
    const limit = new AbortController().signal;
    try {
      await this.core.clients.save(identityServer, { id: client.id, secret: client.secret });
      const signedIn = await attempt.send({ kind: 'password' }, { user: user.name, secret: user.password }, limit);
      if (signedIn.kind !== 'signedIn') {
        return false;
      }
      await this.sessions.add(signedIn);
      this.rules.failuresForgotten(this.process);
      return true;
    } catch {
      return false;
    }
  }
}
