import type { Client } from '../../src/core/oauth/client';
import type { HttpClient } from '../../src/core/oauth/httpClient';
import { createCore, type Core } from '../../src/core/core';
import type { Changes } from '../../src/core/model/changes';
import type { ClientStore } from '../../src/core/storage/clientStore';
import { FileLock } from '../../src/core/locking/fileLock';
import type { FailureMemory } from '../../src/core/calls/failureMemory';
import type { Refresher } from '../../src/core/sessions/refresher';
import { RememberedState } from '../../src/core/storage/rememberedState';
import type { Session } from '../../src/core/model/session';
import type { SessionStore } from '../../src/core/storage/sessionStore';
import type { Sessions } from '../../src/core/sessions/sessions';
import { SignInAttempt } from '../../src/core/calls/signInAttempt';
import { hasSignInTraces } from '../../src/editor/signInTraces';
import type { Method } from '../../src/features/signIn/methods/method';
import { bystanders, stopWatching, watch } from './bystanders';
import { FakeClock } from './fakeClock';
import { preloadedMethods } from './preloadedMethods';
import { FakeLockFolder } from './fakeLockFolder';
import { FakeHttp } from './fakeHttp';
import { FakeMemory } from './fakeMemory';
import { FakeHistory } from './fakeHistory';
import { FakeJournal } from './fakeJournal';
import { FakeRandom } from './fakeRandom';
import { FakeSecrets, type FakeSecretStore } from './fakeSecrets';
import { FakeStateFile } from './fakeStateFile';
import { preloaded } from './preloaded';
import { RecordingLog } from './recordingLog';
import { sampleSession } from './sampleSession';

/** What the cores of an installation share. Each core is a window of VS Code. */
export class Installation {
  readonly clock = new FakeClock();
  /** The sign-in methods that its cores know. */
  methods: readonly Method[] = preloadedMethods;
  readonly secrets = new FakeSecrets(this.clock);
  readonly stateFile = new FakeStateFile();
  readonly lockFolder = new FakeLockFolder(this.clock);
  readonly callFolder = new FakeLockFolder(this.clock);
  readonly http = new FakeHttp(this.clock);
  readonly log = new RecordingLog();
  readonly journal = new FakeJournal();
  readonly history = new FakeHistory();
  /** The global state of the default profile. */
  readonly profile = new FakeMemory();
  /** The state of the workspace that every window has open. */
  readonly workspace = new FakeMemory();
  private withOthers = true;

  /** No accounts are signed in except those that the test itself signs in. */
  alone(): this {
    this.withOthers = false;
    stopWatching(this);
    return this;
  }

  /** The accounts that are signed in before the first session of a test. */
  get others(): typeof bystanders {
    return this.withOthers ? bystanders : [];
  }

  openCore(http: HttpClient = this.http, profile = this.profile): TestCore {
    return new TestCore(this, http, profile);
  }

  /** The core in a window of another profile of VS Code, which shares secrets and folder but not the global state. */
  openCoreOf(profile: FakeMemory): TestCore {
    return this.openCore(this.http, profile);
  }

  /** What uninstalling the extension does. */
  removeFolder(): void {
    this.stateFile.state = 'missing';
    this.lockFolder.files.clear();
    this.callFolder.files.clear();
    this.journal.files.clear();
  }
}

/** The real core, as one window has it, with the parts that tests inspect. */
export class TestCore {
  readonly real: Core;
  readonly random = new FakeRandom();
  readonly secrets: FakeSecretStore;
  readonly store: SessionStore;
  readonly clients: ClientStore;
  readonly memory: FailureMemory;
  readonly calls: Core['calls'];
  readonly refresher: Refresher;
  readonly sessions: Sessions;
  readonly changes: Changes[] = [];
  isKeepAliveWanted = false;

  constructor(
    readonly shared: Installation,
    http: HttpClient,
    profile: FakeMemory,
  ) {
    const { clock, log, workspace } = shared;
    const { random } = this;
    this.secrets = shared.secrets.open();
    this.real = createCore({
      secrets: this.secrets,
      stateFile: shared.stateFile,
      remembered: new RememberedState(profile, () => hasSignInTraces(profile, workspace), log),
      distrustEmptyState: false,
      methods: shared.methods,
      lock: new FileLock(shared.lockFolder, clock, random, log),
      callFolder: shared.callFolder,
      journal: shared.journal,
      history: shared.history,
      http,
      clock,
      random,
      log,
      isKeepAliveWanted: () => this.isKeepAliveWanted,
      lazyModules: preloaded,
    });
    const { sessions, clients, calls, parts } = this.real;
    this.sessions = sessions;
    this.clients = clients;
    this.calls = calls;
    this.store = parts.store;
    this.memory = parts.memory;
    this.refresher = parts.refresher;
    this.real.onDidChangeSessions((change) => this.changes.push(change));
  }

  /** Stores a session as it is, and its client. The first call also stores the bystanders and their clients. */
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

  /** The sessions that the test itself has stored. */
  get own(): readonly Session[] {
    return this.store.sessions.filter(({ id }) => !bystanders.some(({ session }) => session.id === id));
  }

  /** Changes one stored session and no other. */
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
