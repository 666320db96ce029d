import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { ClipboardGuard } from './features/handoff/clipboardGuard';
import { handoffCommands } from './features/handoff/commands';
import { reportRejectedCommand } from './features/provider/reportRejected';
import { Network } from './core/network/network';
import type { HttpClient } from './core/oauth/httpClient';
import { AuthenticationProvider } from './features/provider/authenticationProvider';
import { contextSecrets } from './editor/secrets';
import { isSameAccount } from './core/model/account';
import { CallLimits } from './core/calls/callLimits';
import { ClientStore } from './core/storage/clientStore';
import { systemClock } from './core/base/clock';
import { FailureMemory } from './core/calls/failureMemory';
import { KeepAlive } from './core/sessions/keepAlive';
import { noLock } from './core/locking/noLock';
import { once } from './core/base/once';
import { noJournal, openJournal } from './core/journal/journal';
import type { Log } from './core/base/log';
import type { Random } from './core/base/random';
import { Refresher } from './core/sessions/refresher';
import { RememberedState } from './core/storage/rememberedState';
import type { Session } from './core/model/session';
import { Sessions } from './core/sessions/sessions';
import { SessionStore } from './core/storage/sessionStore';
import { stateFile } from './core/storage/stateFile';
import { TokenCalls } from './core/calls/tokenCalls';
import { callFolder } from './core/calls/callFolder';
import { windowLock } from './core/locking/windowLock';
import { signInCommands } from './features/signIn/commands';
import { confirmedHosts } from './features/signIn/confirmedHosts';
import { methods } from './features/signIn/methods/methods';
import { LastSignIn } from './features/signIn/lastSignIn';
import { passphraseKey } from './features/clientCertificate/passphrase';
import type { Prompt } from './editor/prompt/prompt';
import { remindToRenew } from './features/accounts/renewReminder';
import { SignIn } from './features/signIn/signIn';
import { hasSignInTraces } from './features/signIn/signInTraces';
import { statusCommands } from './features/statusBar/commands';
import { DetailsDocument } from './features/statusBar/detailsDocument';
import { SessionItem } from './features/statusBar/sessionItem';
import { Status } from './features/statusBar/status';
import { AccountInUse } from './editor/accountInUse';
import { command } from './editor/command';
import { logChannel } from './editor/log';
import { diagnosisCommands } from './features/diagnosis/commands';
import { NetworkConfiguration } from './editor/settings/networkConfiguration';
import { PersonalSettings } from './editor/settings/personalSettings';
import { Settings } from './editor/settings/settings';

/** What `activate` returns to tests inside VS Code, and to nobody else. Carries no token. */
export interface TestSeam {
  /** Answers in place of the boxes that nobody is there to fill. */
  prompt: Prompt | undefined;
  /** Answers in place of a window that nobody sits at. */
  isFocused: boolean | undefined;
  /** What the provider itself announced, as session ids. */
  readonly announced: { readonly added: string[]; readonly removed: string[]; readonly changed: string[] }[];
}

const random: Random = { id: randomUUID, fraction: Math.random };

/** What must be waited for before the window may go: an answer that is kept nowhere is lost with it. */
let unfinished: () => Promise<void> = () => Promise.resolve();

/**
 * VS Code waits five seconds for this when a window closes. Its API is cut off by then: the secret storage refuses, the
 * log has been disposed of. Network and disk are left.
 */
export async function deactivate(): Promise<void> {
  await unfinished();
}

/** Wiring only. The provider is registered first and before any I/O: who asks for it waits five seconds at most. */
export function activate(context: vscode.ExtensionContext): TestSeam | undefined {
  const clock = systemClock;
  const log = logChannel();
  const side = context.extension.extensionKind === vscode.ExtensionKind.UI ? 'ui' : 'workspace';
  const personal = new PersonalSettings(side);
  const settings = new Settings(personal);
  const secrets = contextSecrets(context.secrets);
  const seam: TestSeam | undefined =
    context.extensionMode === vscode.ExtensionMode.Test
      ? { prompt: undefined, isFocused: undefined, announced: [] }
      : undefined;
  const { version } = context.extension.packageJSON as { version: string };

  const folder = context.globalStorageUri.scheme === 'file' ? context.globalStorageUri.fsPath : undefined;
  const lock = folder === undefined ? noLock : windowLock(join(folder, 'locks'), clock, random, log);
  const store = new SessionStore({
    secrets,
    stateFile: stateFile(folder),
    remembered: new RememberedState(
      context.globalState,
      () => hasSignInTraces(context.globalState, context.workspaceState),
      log,
    ),
    distrustEmptyState: vscode.env.uiKind === vscode.UIKind.Web,
    lock,
    clock,
    random,
    log,
  });
  const clients = new ClientStore(secrets, log, lock, clock);
  const configuration = new NetworkConfiguration(personal);
  const passphrase = (): Promise<string | undefined> => secrets.get(passphraseKey);
  const network = new Network({
    userAgent: `reltio-auth/${version} VSCode/${vscode.version}`,
    mayReceiveSecrets: settings.mayReceiveSecrets,
    settings: configuration.read,
    passphrase,
    env: process.env,
    onChoice: (host, { client, why }) => {
      log.info('network: chosen', { host, client, why });
    },
  });
  const http: HttpClient = {
    send: async (request, signal) =>
      request.url.startsWith('http:')
        ? await (
            await import('./core/network/runningServer')
          ).sendToRunningServer(network, context.globalState, request, signal)
        : await network.send(request, signal),
  };
  const limits = new CallLimits(folder === undefined ? undefined : callFolder(join(folder, 'calls')), clock, log);
  const calls = new TokenCalls(http, clock, random, log, limits);
  const memory = new FailureMemory();
  const parked = folder === undefined ? noJournal : openJournal(join(folder, 'journal'));
  const refresher = new Refresher({ store, clients, calls, memory, lock, journal: parked, clock, log });
  const loadRevoker = once(async () => {
    const { Revoker } = await import('./core/calls/revoker');
    return new Revoker(http, clients, clock, log);
  });
  const revoker = { revoke: async (session: Session) => await (await loadRevoker()).revoke(session) };
  const sessions = new Sessions({ store, refresher, revoker, limits, clock, random });
  const loadRejections = once(async () => {
    const { Rejections } = await import('./core/sessions/rejections');
    return new Rejections({ store, refresher, clients, limits, http, clock, log });
  });
  const loadPrompt = async (deadline: AbortSignal): Promise<Prompt> =>
    seam?.prompt ?? (await import('./editor/prompt/quickInputPrompt')).quickInputPrompt(deadline);
  const hosts = confirmedHosts(context.globalState);
  const loadFlow = once(async () => {
    const { SignInFlow } = await import('./features/signIn/signInFlow');
    return new SignInFlow({
      readSettings: () => settings.read(),
      sessions,
      clients,
      calls,
      methods,
      clock,
      log,
      last: new LastSignIn(context.globalState),
      confirmedHosts: hosts,
      refreshTokenDays: () => settings.refreshTokenDays,
      onFound: (found) =>
        void import('./features/signIn/signInFlow').then(({ showFoundAccounts }) => showFoundAccounts(found)),
    });
  });
  const signIn = new SignIn({
    loadFlow,
    loadPrompt,
    onSignedIn: (outcome) =>
      void import('./features/signIn/signInFlow').then(({ tellSignedIn }) => tellSignedIn(outcome, clock)),
    clock,
  });
  const accountInUse: AccountInUse = new AccountInUse(sessions, context.workspaceState, log, async ({ gone }) => {
    const { chooseAccountInUse } = await import('./features/accounts/chooseAccountInUse');
    const { environments } = await settings.read();
    return await chooseAccountInUse(
      { known: sessions.known, inUse: accountInUse.session, gone, environments },
      (account) =>
        signIn.start(account, undefined, (session) => account === undefined || isSameAccount(session.account, account)),
    );
  });
  const canClear = vscode.env.uiKind === vscode.UIKind.Desktop;
  let clipboard: ClipboardGuard | undefined;
  const loadClipboard = async (): Promise<ClipboardGuard> => {
    const { ClipboardGuard: Guard } = await import('./features/handoff/clipboardGuard');
    return (clipboard ??= new Guard({
      clipboard: vscode.env.clipboard,
      clock,
      clearAfter: () => settings.clearClipboardAfter,
      canClear,
      onDidChange: () => {
        showAnew();
      },
      log,
    }));
  };
  const status = new Status(
    sessions,
    accountInUse,
    () => settings.refreshTokenDays,
    () => clipboard?.copied,
    methods,
  );
  const details = new DetailsDocument(async () => {
    const { detailsText } = await import('./features/statusBar/details');
    return detailsText(status.all, status.inUse, clock.now());
  });
  const loadOffers = once(async () => (await import('./editor/messages/offerRemedy')).remedyOffers(clock));
  const offerRemedy = (session: Session): void => {
    loadOffers().then(
      (offer) => {
        offer(session);
      },
      () => {
        log.warn('remedy: not offered', { session: session.id });
      },
    );
  };
  const provider = new AuthenticationProvider({
    sessions,
    onDidChangeSessions: store.onDidChange,
    signIn,
    readSettings: () => settings.read(),
    offerRemedy,
    log,
  });
  if (seam !== undefined) {
    const ids = (list: readonly vscode.AuthenticationSession[] | undefined): string[] =>
      (list ?? []).map(({ id }) => id);
    provider.onDidChangeSessions(({ added, removed, changed }) => {
      seam.announced.push({ added: ids(added), removed: ids(removed), changed: ids(changed) });
    });
  }

  const item = new SessionItem(
    clock,
    () => status.inUse,
    () => (settings.statusBarClick === 'menu' ? 'reltioAuth.showMenu' : 'reltioAuth.refreshToken'),
  );
  const { window } = vscode;
  const keepAlive = new KeepAlive({
    sessions,
    clock,
    isWanted: () => settings.refresh === 'keepAlive' && window.state.focused && window.state.active,
  });
  const remind = (): void => {
    if (window.state.focused) {
      const { refreshTokenDays } = settings;
      const parts = { sessions: () => sessions.known, refreshTokenDays: () => refreshTokenDays, clock };
      void remindToRenew({ ...parts, memory: context.globalState });
    }
  };
  const showAnew = (): void => {
    accountInUse.look();
    item.show();
    details.refresh();
    const { executeCommand } = vscode.commands;
    void executeCommand('setContext', 'reltioAuth.signedIn', sessions.known.length > 0);
    void executeCommand('setContext', 'reltioAuth.copied', clipboard?.copied !== undefined);
  };
  context.subscriptions.push(
    vscode.authentication.registerAuthenticationProvider('reltio', 'Reltio', provider, {
      supportsMultipleAccounts: true,
    }),
    provider,
    ...signInCommands({ sessions, clients, signIn, accountInUse, confirmedHosts: hosts, loadPrompt, settings, log }),
    ...handoffCommands({
      sessions,
      accountInUse,
      clipboard: () => clipboard,
      loadClipboard,
      isFocused: () => seam?.isFocused ?? window.state.focused,
      isConfirmed: () => settings.confirmsCopy,
      environments: async () => (await settings.read()).environments,
      clock,
      log,
    }),
    ...statusCommands({ sessions, status, accountInUse, details, clock, log }),
    reportRejectedCommand({ report: async (token) => await (await loadRejections()).report(token) }, offerRemedy),
    ...diagnosisCommands({
      extension: context.extension,
      lockFolder: folder === undefined ? undefined : join(folder, 'locks'),
      side,
      personal,
      settings,
      configuration,
      network,
      passphrase,
      sessions,
      clock,
      log,
    }),
    configuration,
    network,
    command('reltioAuth.enterPassphrase', log, async () => {
      const { enterPassphrase } = await import('./features/clientCertificate/enterPassphrase');
      const prompt = await loadPrompt(new AbortController().signal);
      if ((await enterPassphrase(configuration.read(), { prompt, secrets })) === 'notLocked') {
        void vscode.window.showInformationMessage('The key of your client certificate needs no passphrase.');
      }
    }),
    command('reltioAuth.chooseAccount', log, async () => {
      await accountInUse.change();
    }),
    command('reltioAuth.showLog', log, () => {
      log.show();
    }),
    item,
    details,
    settings,
    log,
    {
      dispose: store.watch(() => {
        log.warn('sessions: not read');
      }),
    },
    { dispose: clients.watch() },
    { dispose: store.onDidChange(showAnew) },
    keepAlive,
    settings.onDidChange(() => {
      keepAlive.check();
    }),
    { dispose: refresher.onDidChangeActivity(showAnew) },
    { dispose: accountInUse.onDidChange(showAnew) },
    settings.onDidChange(() => {
      void clipboard?.look();
      showAnew();
    }),
    vscode.window.onDidChangeWindowState(({ focused }) => {
      if (focused) {
        memory.forgiveAll();
        void clipboard?.look();
      }
      keepAlive.check();
      remind();
    }),
  );
  unfinished = async () => {
    const clearing = canClear ? clipboard?.clear() : undefined; // works where the extension goes and its window stays
    await refresher.settled();
    await store.settled();
    await clearing;
  };
  void whenKnown(sessions, log, () => {
    item.start();
    showAnew();
    keepAlive.check();
  });
  return seam;
}

/** Also when they cannot be read: then the person is shown that. */
async function whenKnown(sessions: Sessions, log: Log, then: () => void): Promise<void> {
  try {
    await sessions.list();
  } catch {
    log.warn('sessions: not read');
  }
  then();
}
