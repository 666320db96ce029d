import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { Failure } from '../../core/base/failure';
import type { Core } from '../../core/core';
import type { Account } from '../../core/model/account';
import type { Session } from '../../core/model/session';
import type { Host } from '../../editor/host';
import type { Environment } from '../../editor/settings/environments';
import { environmentsOf } from '../../editor/settings/environmentsOf';
import { mayReceiveToken } from '../../editor/tokenConsent';
import { askReltio, type NotAsked } from './askReltio';
import { RecentAnswers } from './recentAnswers';
import { whoAmIText } from './whoAmIText';

const scheme = 'reltio-who-am-i';

/** Asks Reltio about the account in use, and shows the answers as a read-only document. */
export class WhoAmI implements vscode.Disposable {
  private readonly texts = new Map<string, string>();
  private readonly answers: RecentAnswers;
  private readonly registration = vscode.workspace.registerTextDocumentContentProvider(scheme, {
    provideTextDocumentContent: ({ path }) => this.texts.get(path) ?? '',
  });

  constructor(
    private readonly core: Core,
    private readonly host: Host,
  ) {
    this.answers = new RecentAnswers(core.clock);
  }

  /**
   * @param inUse the environment in use, which is asked only if it is for this account, and its host may get the token
   * @throws {Failure} `cancelled` when the user cancels, or the reason why there is no valid token
   */
  async run({ id, account, tokens }: Session, inUse: Environment | undefined): Promise<void> {
    const environment = await this.environmentFor(account, inUse);
    const where = typeof environment === 'string' ? environment : JSON.stringify(environment);
    const about = [id, tokens.accessTokenReceivedAt, where].join(' ');
    await this.show(await this.answers.get(about, () => this.askCancellably(id, environment)));
  }

  dispose(): void {
    this.registration.dispose();
  }

  private async environmentFor(account: Account, inUse: Environment | undefined): Promise<Environment | NotAsked> {
    const [own] = environmentsOf(account, inUse === undefined ? [] : [inUse]);
    if (own === undefined) {
      return environmentsOf(account, this.host.environmentInUse.all).length === 0 ? 'none' : 'notChosen';
    }
    return (await mayReceiveToken(own.url, this.host)) ? own : 'notAllowed';
  }

  private async askCancellably(id: string, environment: Environment | NotAsked): Promise<string> {
    return await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: l10n.t('Reltio: asking who you are'),
        cancellable: true,
      },
      async (_progress, token) => {
        const cancelled = new AbortController();
        const subscription = token.onCancellationRequested(() => {
          cancelled.abort();
        });
        try {
          return await this.ask(id, environment, cancelled.signal);
        } finally {
          subscription.dispose();
        }
      },
    );
  }

  private async ask(id: string, environment: Environment | NotAsked, signal: AbortSignal): Promise<string> {
    const session = await this.core.sessions.fresh(id);
    if (signal.aborted) {
      throw new Failure('cancelled');
    }
    return whoAmIText(await askReltio(session, environment, this.core, signal));
  }

  private async show(text: string): Promise<void> {
    // Each answer gets its own name: VS Code does not re-read the text of an open document.
    const shown = [...this.texts].find(([, other]) => other === text)?.[0];
    const path = shown ?? `/${l10n.t('Reltio who am I {0}', this.texts.size + 1)}.md`;
    this.texts.set(path, text);
    const document = await vscode.workspace.openTextDocument(vscode.Uri.from({ scheme, path }));
    await vscode.window.showTextDocument(document, { preview: true });
  }
}
