import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { Failure } from '../../core/base/failure';
import type { Core } from '../../core/core';
import type { Session } from '../../core/model/session';
import type { Host } from '../../editor/host';
import { addEnvironments, environmentNamesIn } from '../../editor/settings/addEnvironments';
import type { Environment } from '../../editor/settings/environments';
import { environmentName, environmentsOf } from '../../editor/settings/environmentsOf';
import type { EnvironmentDraft } from './environmentDraft';
import { linkQuestion } from './linkQuestion';
import { nameQuestion } from './nameQuestion';
import { productionQuestion } from './productionQuestion';
import { askInOrder } from './questions';
import { serverQuestion, serversFor } from './serverQuestion';
import { tenantQuestion } from './tenantQuestion';
import { useEnvironment } from './useEnvironment';

/**
 * Asks for an environment, adds it to the settings, and makes it the one in use if there was none.
 *
 * @throws {Failure} `cancelled` when the user leaves a box, `settingsNotWritten`
 */
export async function addEnvironment(core: Core, host: Host): Promise<void> {
  const { accountInUse, environmentInUse } = host;
  const environment = await newEnvironment(core, host);
  const { session } = accountInUse;
  const isForAccount = session === undefined || environmentsOf(session.account, [environment]).length > 0;
  if (environmentInUse.current === undefined && isForAccount) {
    await environmentInUse.choose(environment);
    void vscode.window.showInformationMessage(
      l10n.t('Added {0}, which this workspace now uses.', environmentName(environment)),
    );
    return;
  }
  const use = l10n.t('Use It Here');
  const pressed = await vscode.window.showInformationMessage(l10n.t('Added {0}.', environmentName(environment)), use);
  if (pressed === use) {
    await useEnvironment(environment, core.sessions, host);
  }
}

/**
 * The same, without using it yet.
 *
 * @throws {Failure} the same
 */
export async function newEnvironment(core: Core, host: Host): Promise<Environment> {
  const environment = await enteredEnvironment(core, host);
  await addEnvironments(host.personal, [environment]);
  return environment;
}

async function enteredEnvironment(core: Core, host: Host): Promise<Environment> {
  const { sessions, dataApi } = core;
  const { accountInUse, personal, settings, signIn } = host;
  const prompt = await host.loadPrompt();
  const [{ trusted, identityServers }, known] = await Promise.all([settings.read(), sessions.list()]);
  const servers = serversInUse(accountInUse.session, known, identityServers);
  const serverOf = ({ url = '', identityServer }: EnvironmentDraft): string =>
    identityServer ?? serversFor(url, servers)[0] ?? '';
  const tenant = tenantQuestion({
    prompt,
    core,
    host,
    sessionAt: (server) => {
      const isThere = ({ account }: Session): boolean => account.identityServer === server;
      const { session } = accountInUse;
      return session !== undefined && isThere(session) ? session : sessions.known.find(isThere);
    },
    signIn: async (identityServer) =>
      await signIn.start({ identityServer }, undefined, ({ account }) => account.identityServer === identityServer),
  });
  const taken = environmentNamesIn(personal);
  const draft = await askInOrder<EnvironmentDraft>(
    [
      linkQuestion(prompt, trusted, (url, signal) => dataApi.status(url, signal)),
      serverQuestion(prompt, servers),
      { ...tenant, ask: (draft, ...rest) => tenant.ask({ ...draft, identityServer: serverOf(draft) }, ...rest) },
      nameQuestion(prompt, taken),
      productionQuestion(prompt),
    ],
    {},
  );
  if (draft.url === undefined || draft.name === undefined) {
    throw new Failure('cancelled');
  }
  return {
    name: draft.name,
    url: draft.url,
    identityServer: serverOf(draft),
    tenant: draft.tenant === '' ? undefined : draft.tenant,
    production: draft.production === true,
    clientId: undefined,
    mcp: false,
  };
}

/** The identity servers that the user has, that of the account in use first. */
function serversInUse(
  inUse: Session | undefined,
  known: readonly Session[],
  identityServers: readonly string[],
): readonly string[] {
  const ofAccounts = [...(inUse === undefined ? [] : [inUse]), ...known].map(({ account }) => account.identityServer);
  return [...new Set([...ofAccounts, ...identityServers])];
}
