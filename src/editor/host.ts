import * as vscode from 'vscode';
import { once } from '../core/base/once';
import type { Core } from '../core/core';
import type { Session } from '../core/model/session';
import { AccountInUse } from './accountInUse';
import { CopiedTokenState } from './copiedToken';
import type { Editor } from './editor';
import { EnvironmentInUse } from './environmentInUse';
import { LocalProxyState } from './localProxyState';
import { outdatedNotice } from './messages/outdatedNotice';
import type { DescribedMethod } from './messages/sessionText';
import { settingId } from './settings/settingTable';
import { SignIn } from './signIn';

/** What features share besides the core. They never import one another. */
export interface Host extends Editor {
  readonly accountInUse: AccountInUse;
  readonly environmentInUse: EnvironmentInUse;
  readonly signIn: SignIn;
  readonly copied: CopiedTokenState;
  readonly localProxy: LocalProxyState;
  /** Every way to sign in. */
  readonly methods: readonly DescribedMethod[];
  /** Shows which settings cannot be used: all of them, or only those that are newly unusable. */
  readonly reportSettings: (which: 'all' | 'new') => Promise<void>;
  /** Offers the action that this session needs from the user, once for each token. */
  readonly offerRemedy: (session: Session) => void;
  /** Shows, once in this window, that it needs a reload, if that is what the error says. */
  readonly noticeOutdated: (error: unknown) => void;
  /** Adds work to do when the window closes. By then only the clipboard of VS Code's API is available. */
  beforeClosing(work: () => Promise<void>): void;
  /** Does that work, and resolves when nothing is in progress that would be lost with the window. */
  readonly close: () => Promise<void>;
  /** Adds work to do before everything that is stored is forgotten: a feature ends what uses it. Must not reject. */
  beforeForgetting(work: () => Promise<void>): void;
  /** Does that work. */
  readonly endUses: () => Promise<void>;
}

export function createHost(editor: Editor, core: Core, methods: readonly DescribedMethod[]): Host {
  const { workspaceState, personal, settings, log } = editor;
  const { sessions, clock } = core;
  const accountInUse = new AccountInUse(sessions, workspaceState, log);
  const environmentInUse = new EnvironmentInUse({
    accountInUse,
    // Reading the settings loads their parsers, which is in vain for users without an environment.
    readEnvironments: async () =>
      personal.isSet(settingId('environments')) ? (await settings.read()).environments : [],
    memory: workspaceState,
    log,
  });
  const copied = new CopiedTokenState();
  const localProxy = new LocalProxyState();
  const noticeOutdated = outdatedNotice();
  const loadOffers = once(async () => (await import('./messages/offerRemedy')).remedyOffers(clock));
  const loadProblems = once(async () => {
    const { SettingProblems } = await import('./settings/settingProblems');
    return new SettingProblems(() => settings.read());
  });
  const closing: (() => Promise<void>)[] = [core.settled];
  const forgetting: (() => Promise<void>)[] = [];
  const subscriptions = [
    copied,
    localProxy,
    {
      dispose: core.onDidChangeSessions(() => {
        accountInUse.rememberAccounts();
        environmentInUse.check();
      }),
    },
    {
      dispose: accountInUse.onDidChange(() => {
        environmentInUse.check();
      }),
    },
    settings.onDidChange(() => {
      core.keepAlive.check();
      void environmentInUse.update();
    }),
    vscode.window.onDidChangeWindowState(({ focused }) => {
      if (focused) {
        core.resetBackOff();
      }
      core.keepAlive.check();
    }),
  ];
  return {
    ...editor,
    accountInUse,
    environmentInUse,
    signIn: new SignIn(editor.loadPrompt, clock),
    copied,
    localProxy,
    reportSettings: async (which) => {
      const problems = await loadProblems();
      await (which === 'all' ? problems.showAll() : problems.showNew());
    },
    methods,
    noticeOutdated,
    offerRemedy: (session) => {
      loadOffers().then(
        (offer) => {
          offer(session);
        },
        (error: unknown) => {
          log.warn('remedy: not offered', { session: session.id });
          noticeOutdated(error);
        },
      );
    },
    beforeClosing: (work) => {
      closing.push(work);
    },
    close: async () => {
      await Promise.allSettled(closing.map((work) => work()));
    },
    beforeForgetting: (work) => {
      forgetting.push(work);
    },
    endUses: async () => {
      await Promise.allSettled(forgetting.map((work) => work()));
    },
    dispose: () => {
      subscriptions.forEach((one) => {
        one.dispose();
      });
      editor.dispose();
    },
  };
}
