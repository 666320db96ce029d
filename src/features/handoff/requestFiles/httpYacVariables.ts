import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { once } from '../../../core/base/once';
import type { Core } from '../../../core/core';
import type { Host } from '../../../editor/host';
import type { Allowance } from '../access/allowance';
import type { WorkspaceTokens } from '../access/workspaceTokens';
import { fileConsent } from './fileConsent';
import { httpYacFrom, httpYacId, type HttpYac } from './httpYac';
import { tokenPlugin } from './plugin';
import { TokenRequests } from './tokenRequests';

/** Called by the first request that needs a token. */
export type LoadAccess = () => Promise<{ readonly allowance: Allowance; readonly tokens: WorkspaceTokens }>;

/** The languages of documents that make VS Code start httpYac in any case. */
const languages: ReadonlySet<string> = new Set(['http', 'markdown', 'asciidoc']);
/** A workspace with such a file makes VS Code start httpYac too. */
const files = '**/*.{http,rest}';

const pluginId = 'reltioAuth';

/** Adds the variables to httpYac as soon as it runs. Does not start it in a window that has nothing for it. */
export class HttpYacVariables implements vscode.Disposable {
  private added: { readonly exported: unknown; readonly remove: () => void } | undefined;
  private readonly watching: vscode.Disposable;
  private isDisposed = false;
  private readonly hasFiles = once(async () => (await vscode.workspace.findFiles(files, undefined, 1)).length > 0);

  constructor(
    private readonly core: Core,
    private readonly host: Host,
    private readonly loadAccess: LoadAccess,
  ) {
    this.watching = vscode.workspace.onDidOpenTextDocument(({ languageId }) => {
      if (languages.has(languageId)) void this.add();
    });
  }

  /** Does nothing until httpYac runs, and once for each time that it was started. */
  async add(): Promise<void> {
    try {
      const extension = vscode.extensions.getExtension<unknown>(httpYacId);
      if (extension === undefined || !(extension.isActive || (await this.isNeeded()))) {
        return;
      }
      const exported = await extension.activate();
      if (!this.isDisposed && (this.added === undefined || this.added.exported !== exported)) {
        this.addTo(exported);
      }
    } catch {
      this.core.log.warn('request files: httpYac does not run'); // its error is its own to show
    }
  }

  dispose(): void {
    this.isDisposed = true;
    this.watching.dispose();
    this.added?.remove();
  }

  private async isNeeded(): Promise<boolean> {
    return (
      vscode.workspace.textDocuments.some(({ languageId }) => languages.has(languageId)) || (await this.hasFiles())
    );
  }

  private addTo(exported: unknown): void {
    const httpYac = httpYacFrom(exported);
    if (httpYac === undefined) {
      this.added = { exported, remove: () => undefined };
      this.core.log.warn('request files: httpYac has changed');
      return;
    }
    this.added = { exported, remove: addedTo(httpYac, this.requests()) };
    this.core.log.info('request files: variables added');
  }

  private requests(): TokenRequests {
    const { core, host, loadAccess: access } = this;
    return new TokenRequests({
      isTrusted: () => vscode.workspace.isTrusted,
      environments: async () => (await host.settings.read()).environments,
      tokens: {
        find: async (wanted) => await (await access()).tokens.find(wanted),
        fresh: async (wanted) => await (await access()).tokens.fresh(wanted),
      },
      allowance: { has: async (...asked) => await (await access()).allowance.has(...asked) },
      mayReceiveToken: fileConsent(host),
      upstream: host.network,
      reportRejected: core.reportRejected,
      clock: core.clock,
      log: core.log,
    });
  }
}

/** @returns what removes them again */
function addedTo({ plugins, suggestions, readAgain }: HttpYac, requests: TokenRequests): () => void {
  const suggest: HttpYac['suggestions'][number] = () => [
    { name: 'reltioToken', description: l10n.t('The access token of the Reltio account in use') },
    {
      name: 'reltioAuthorization',
      description: l10n.t('Authorization header for Reltio: Bearer and the access token'),
    },
  ];
  plugins[pluginId] = tokenPlugin(requests);
  suggestions.push(suggest);
  readAgain();
  return () => {
    plugins[pluginId] = undefined;
    Reflect.deleteProperty(plugins, pluginId);
    suggestions.splice(suggestions.indexOf(suggest), 1);
    readAgain();
  };
}
