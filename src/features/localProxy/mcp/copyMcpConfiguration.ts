import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { Failure } from '../../../core/base/failure';
import type { Core } from '../../../core/core';
import { mcpPath } from '../../../core/localProxy/mcpPath';
import { commandIds } from '../../../editor/commandIds';
import type { Host } from '../../../editor/host';
import { sentences } from '../../../editor/messages/sentences';
import { back, type PickItem } from '../../../editor/prompt/prompt';
import type { Environment } from '../../../editor/settings/environments';
import { environmentNames } from '../../../editor/settings/environmentsOf';
import { servedItems } from '../address/addressItems';
import { offer } from '../offer';
import type { ProxyOfWindow, ServedEnvironment } from '../proxyOfWindow';
import { mcpClients, type McpClient } from './mcpClients';
import { mcpConfiguration } from './mcpConfiguration';

interface Chosen {
  readonly client: McpClient;
  readonly environments: readonly Environment[];
}

/**
 * Copies what another MCP client needs to reach Reltio through the local proxy, with the key. Any program can run the command:
 * the caller gets nothing, and a window without the focus copies nothing.
 *
 * @throws {Failure} `noEnvironment`, or see `ProxyOfWindow.ensureStarted`; `cancelled` if the user leaves
 */
export async function copyMcpConfiguration(
  proxy: ProxyOfWindow,
  core: Pick<Core, 'sessions' | 'log'>,
  host: Pick<Host, 'environmentInUse' | 'loadPrompt' | 'copyText'>,
): Promise<void> {
  if ((await proxy.served()).length === 0) {
    throw new Failure('noEnvironment');
  }
  await proxy.ensureStarted();
  const chosen = await choose(proxy, core, host);
  if (chosen === 'addEnvironment') {
    await vscode.commands.executeCommand(commandIds.addEnvironment);
    return;
  }
  const { client, environments } = chosen;
  const servers = environments.map(async (environment) => ({
    environmentName: environment.name,
    url: (await proxy.addressOf(environment, 'plain')) + mcpPath,
  }));
  await host.copyText(mcpConfiguration(client, await Promise.all(servers), await proxy.key()));
  core.log.info('mcp: configuration copied', { count: environments.length });
  offer(
    'information',
    sentences(
      l10n.t('MCP configuration for {0} copied.', environmentNames(environments)),
      client.addIt(),
      l10n.t(
        'It contains the key of the local proxy, with which programs on this computer call Reltio as you. So do not commit ' +
          'or share it.',
      ),
    ),
  );
}

async function choose(
  proxy: ProxyOfWindow,
  { sessions }: Pick<Core, 'sessions'>,
  { environmentInUse, loadPrompt }: Pick<Host, 'environmentInUse' | 'loadPrompt'>,
): Promise<Chosen | 'addEnvironment'> {
  await environmentInUse.update();
  const prompt = await loadPrompt();
  const title = l10n.t('Copy MCP configuration');
  let before: McpClient | undefined;
  for (;;) {
    const last = before;
    const client = await prompt.pick({
      title,
      step: 1,
      totalSteps: 2,
      canGoBack: false,
      placeholder: l10n.t('For which program?'),
      items: mcpClients.map((value) => ({ label: value.label(), description: value.place(), value })),
      wasChosen: (one) => one === last,
    });
    if (client === back) {
      throw new Failure('cancelled');
    }
    before = client;
    const served = await proxy.served();
    const all = served.map(({ environment }) => environment);
    const everything = { label: l10n.t('All environments'), description: environmentNames(all), value: 'all' } as const;
    const items = servedItems(served, environmentInUse.current, sessions.known);
    const picked = await prompt.pick<ServedEnvironment | 'addEnvironment' | 'all'>({
      title,
      step: 2,
      totalSteps: 2,
      canGoBack: true,
      placeholder: l10n.t('Which environment?'),
      items: all.length > 1 ? afterEnvironments(items, everything) : items,
    });
    if (picked === 'addEnvironment') {
      return picked;
    }
    if (picked !== back) {
      return { client, environments: picked === 'all' ? all : [picked.environment] };
    }
  }
}

/** The item follows the last environment, and is never the first one: that is preselected. */
function afterEnvironments<T, A>(items: readonly PickItem<T>[], item: PickItem<A>): readonly PickItem<T | A>[] {
  const last = items.findLastIndex(({ value }) => value !== 'addEnvironment');
  return [...items.slice(0, last + 1), item, ...items.slice(last + 1)];
}
