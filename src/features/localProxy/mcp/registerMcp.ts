import * as vscode from 'vscode';
import { once } from '../../../core/base/once';
import type { Core } from '../../../core/core';
import { commandIds } from '../../../editor/commandIds';
import type { Host } from '../../../editor/host';
import { settingId } from '../../../editor/settings/settingTable';
import type { LateProxy } from '../proxyOfWindow';

/** `contributes.mcpServerDefinitionProviders` in package.json names it too. */
const providerId = 'reltioAuth.environments';

/** Reltio's MCP servers, through the local proxy: for agents in VS Code, and as a configuration for other clients. */
export function registerMcp(proxy: LateProxy, core: Core, host: Host): vscode.Disposable {
  return vscode.Disposable.from(
    registerDefinitions(proxy, host),
    host.command(commandIds.copyMcpConfiguration, async () => {
      const { copyMcpConfiguration } = await import('./copyMcpConfiguration');
      await copyMcpConfiguration(await proxy.open(), core, host);
    }),
  );
}

type Definitions = vscode.McpServerDefinitionProvider<vscode.McpHttpServerDefinition>;

/** VS Code asks in every window, soon after its start. Who has set up no MCP server pays one look at the settings. */
function registerDefinitions(
  proxy: LateProxy,
  { personal, settings, log, noticeOutdated }: Pick<Host, 'personal' | 'settings' | 'log' | 'noticeOutdated'>,
): vscode.Disposable {
  // Programs that are made from an older VS Code may lack it.
  const { lm } = vscode as { readonly lm?: Partial<typeof vscode.lm> };
  if (lm?.registerMcpServerDefinitionProvider === undefined) {
    return vscode.Disposable.from();
  }
  const changed = new vscode.EventEmitter<void>();
  let isLoaded = false;
  const load = once(async () => {
    const { McpDefinitions } = await import('./mcpDefinitions');
    isLoaded = true;
    return new McpDefinitions(proxy, settings, () => {
      changed.fire();
    });
  });
  const isNeeded = (): boolean => {
    const environments = personal.read(settingId('environments'));
    return isLoaded || (Array.isArray(environments) && environments.some((entry: Entry | null) => entry?.mcp === true));
  };
  const notListed = (error: unknown): void => {
    log.warn('mcp: definitions not listed');
    noticeOutdated(error);
  };
  const check = (): void => {
    if (isNeeded()) {
      load()
        .then((definitions) => definitions.check())
        .catch(notListed);
    }
  };
  const provider: Definitions = {
    onDidChangeMcpServerDefinitions: changed.event,
    provideMcpServerDefinitions: async () => {
      try {
        return isNeeded() ? await (await load()).list() : [];
      } catch (error) {
        notListed(error); // VS Code does not handle a rejection
        return [];
      }
    },
    resolveMcpServerDefinition: async ({ label }) => await (await load()).resolve(label),
  };
  return vscode.Disposable.from(
    changed,
    lm.registerMcpServerDefinitionProvider(providerId, provider),
    settings.onDidChange(check),
    vscode.workspace.onDidGrantWorkspaceTrust(check),
    { dispose: proxy.onDidChange(check) },
  );
}

interface Entry {
  readonly mcp?: unknown;
}
