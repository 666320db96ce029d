import type { Client } from '../../src/core/oauth/client';
import type { HttpClient } from '../../src/core/oauth/httpClient';
import type { Changes } from '../../src/core/model/changes';
import { CallLimits } from '../../src/core/calls/callLimits';
import { ClientStore } from '../../src/core/storage/clientStore';
import { FileLock } from '../../src/core/locking/fileLock';
import { FailureMemory } from '../../src/core/calls/failureMemory';
import { Refresher } from '../../src/core/sessions/refresher';
import { RememberedState } from '../../src/core/storage/rememberedState';
import { Rejections } from '../../src/core/sessions/rejections';
import { Revoker } from '../../src/core/calls/revoker';
import type { Session } from '../../src/core/model/session';
import { SessionStore } from '../../src/core/storage/sessionStore';
import { Sessions } from '../../src/core/sessions/sessions';
import { SignInAttempt } from '../../src/core/calls/signInAttempt';
import { TokenCalls } from '../../src/core/calls/tokenCalls';
import { hasSignInTraces } from '../../src/features/signIn/signInTraces';
import type { Method } from '../../src/features/signIn/methods/method';
import { bystanders, stopWatching, watch } from './bystanders';
import { FakeClock } from './fakeClock';
import { preloadedMethods } from './preloadedMethods';
import { FakeLockFolder } from './fakeLockFolder';
import { FakeHttp } from './fakeHttp';
import { FakeMemory } from './fakeMemory';
import { FakeJournal } from './fakeJournal';
import { FakeRandom } from './fakeRandom';
import { FakeSecrets, type FakeSecretStore } from './fakeSecrets';
import { FakeStateFile } from './fakeStateFile';
import { RecordingLog } from './recordingLog';
import { sampleSession } from './sampleSession';

/** What the windows of an installation share. */
export class Installation {
  readonly clock = new FakeClock();
  /** The ways to sign in that its windows know. */
  methods: readonly Method[] = preloadedMethods;
  readonly secrets = new FakeSecrets(this.clock);
  readonly stateFile = new FakeStateFile();
  readonly lockFolder = new FakeLockFolder(this.clock);
  readonly callFolder = new FakeLockFolder(this.clock);
  readonly http = new FakeHttp(this.clock);
  readonly log = new RecordingLog();
  readonly journal = new FakeJournal();
  /** The global state of the usual profile. */
  readonly profile = new FakeMemory();
  /** The state of the workspace that every window has open. */
  readonly workspace = new FakeMemory();
  private withOthers = true;

  /** Nobody is signed in but whom the test signs in. */
  alone(): this {
    this.withOthers = false;
    stopWatching(this);
    return this;
  }

  /** Whom the first session that a test puts there finds signed in. */
  get others(): typeof bystanders {
    return this.withOthers ? bystanders : [];
  }

  window(http: HttpClient = this.http, profile = this.profile): Window {
    return new Window(this, http, profile);
  }

  /** A window of another profile of VS Code, which shares secrets and folder but not the global state. */
  windowOf(profile: FakeMemory): Window {
    return this.window(this.http, profile);
  }

  /** What uninstalling the extension does. */
  removeFolder(): void {
    this.stateFile.state = 'missing';
    this.lockFolder.files.clear();
    this.callFolder.files.clear();
    this.journal.files.clear();
  }
}

/** The core as one VS Code window builds it. */
export class Window {
  readonly random = new FakeRandom();
  readonly secrets: FakeSecretStore;
  readonly store: SessionStore;
  readonly clients: ClientStore;
  readonly memory = new FailureMemory();
  readonly calls: TokenCalls;
  readonly refresher: Refresher;
  readonly sessions: Sessions;
  readonly rejections: Rejections;
  readonly changes: Changes[] = [];

  constructor(
    readonly shared: Installation,
    http: HttpClient,
    profile: FakeMemory,
  ) {
    const { clock, log, stateFile, workspace } = shared;
    const { random, memory } = this;
    this.secrets = shared.secrets.window();
    const lock = new FileLock(shared.lockFolder, clock, random, log);
    this.store = new SessionStore({
      secrets: this.secrets,
      stateFile,
      remembered: new RememberedState(profile, () => hasSignInTraces(profile, workspace), log),
      distrustEmptyState: false,
      methods: shared.methods,
      lock,
      clock,
      random,
      log,
    });
    this.clients = new ClientStore(this.secrets, log, lock, clock);
    const limits = new CallLimits(shared.callFolder, clock, log);
    this.calls = new TokenCalls(http, clock, random, log, limits);
    this.refresher = new Refresher({
      store: this.store,
      clients: this.clients,
      calls: this.calls,
      memory,
      lock,
      journal: shared.journal,
      clock,
      log,
    });
    const revoker = new Revoker(http, this.clients, clock, log);
    this.sessions = new Sessions({ store: this.store, refresher: this.refresher, revoker, limits, clock, random });
    const { store, clients, refresher } = this;
    this.rejections = new Rejections({ store, refresher, clients, limits, http, clock, log });
    this.store.onDidChange((change) => this.changes.push(change));
  }

  /** Stores a session as it is, and the client it came through; the first one beside the bystanders and theirs. */
  async holds(
    session: Partial<Session> = {},
    client: Client = { id: 'reltio_ui', secret: 'secret' },
  ): Promise<Session> {
    const whole = sampleSession(session);
    const others = this.store.sessions.length === 0 ? this.shared.others : [];
    for (const { session: other, clientSecret } of others) {
      if (clientSecret !== undefined) {
        const { identityServer, clientId } = other.account;
        await this.clients.save(identityServer, { id: clientId, secret: clientSecret });
      }
    }
    await this.clients.save(whole.account.identityServer, client);
    await this.store.change((sessions) => [...others.map((other) => other.session), ...sessions, whole]);
    if (others.length > 0) {
      watch(this.shared);
    }
    this.changes.length = 0;
    return whole;
  }

  /** The sessions that the test itself has put there. */
  get own(): readonly Session[] {
    return this.store.sessions.filter(({ id }) => !bystanders.some(({ session }) => session.id === id));
  }

  /** Changes one stored session, and nobody else's. */
  async alter(id: string, changes: Partial<Session>): Promise<void> {
    await this.store.change((all) => all.map((session) => (session.id === id ? { ...session, ...changes } : session)));
  }

  attempt(identityServer: string, client: Client): SignInAttempt {
    return new SignInAttempt(this.calls, this.shared.clock, this.shared.methods, identityServer, client);
  }

  stored(id = 'jane'): Session | undefined {
    const { sessions } = this.shared.secrets.json('sessions') as unknown as { sessions: Session[] };
    return sessions.find((session) => session.id === id);
  }
}
