import * as l10n from '@vscode/l10n';
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { displayText } from '../../../core/base/displayText';
import { Failure, isFailure } from '../../../core/base/failure';
import { codeOf } from '../../../core/base/privateFile';
import type { Core } from '../../../core/core';
import { commandIds } from '../../../editor/commandIds';
import type { Host } from '../../../editor/host';
import { back } from '../../../editor/prompt/prompt';
import type { Environment } from '../../../editor/settings/environments';
import { environmentName } from '../../../editor/settings/environmentsOf';
import { shellInUse } from '../../../editor/shell';
import { offer } from '../offer';
import type { ProxyOfWindow } from '../proxyOfWindow';
import { copiedAddress, shownAddress, type AddressForm } from './addressForms';
import { servedItems } from './addressItems';
import { addressNotice } from './addressNotice';
import { passesNetworkProxy } from './networkProxy';
import { postmanEnvironment, postmanFileName } from './postmanEnvironment';
import { savePrivately } from './savePrivately';

type Parts = Pick<Core, 'sessions' | 'log'>;
interface Chosen {
  readonly environment: Environment;
  readonly form: AddressForm;
}

/**
 * Copies the address of an environment behind the local proxy, with the key, in the form that the user picks. Any program
 * can run the command: the caller gets nothing, and a window without the focus copies nothing.
 *
 * @throws {Failure} `noEnvironment`, or see `ProxyOfWindow.ensureStarted`; `cancelled` if the user leaves
 */
export async function copyAddress(proxy: ProxyOfWindow, core: Parts, host: Host): Promise<void> {
  if ((await proxy.served()).length === 0) {
    throw new Failure('noEnvironment');
  }
  await proxy.ensureStarted();
  const chosen = await choose(proxy, core, host);
  if (chosen === 'addEnvironment') {
    await vscode.commands.executeCommand(commandIds.addEnvironment);
    return;
  }
  const { environment, form } = chosen;
  if (form === 'postman') {
    await save(environment, proxy);
  } else {
    await host.copyText(copiedAddress(form, await proxy.addressOf(environment, 'keyInPath'), shellInUse().dialect));
  }
  core.log.info('local proxy: address copied', { environment: displayText(environment.name), form });
  const served = (await proxy.served()).find((one) => one.environment.name === environment.name);
  const { how, message, button } = addressNotice({
    form,
    environment,
    session: served?.session,
    sessions: core.sessions.known,
    passesNetworkProxy: passesNetworkProxy(host.env),
    isRemoteTerminal: host.side === 'ui' && vscode.env.remoteName !== undefined,
  });
  offer(how, message, ...(button === undefined ? [] : [button]));
}

async function choose(proxy: ProxyOfWindow, { sessions }: Parts, host: Host): Promise<Chosen | 'addEnvironment'> {
  const { environmentInUse } = host;
  await environmentInUse.update();
  const prompt = await host.loadPrompt();
  const title = l10n.t('Copy local proxy address');
  let before: Environment | undefined;
  for (;;) {
    const wanted = before;
    const served = await prompt.pick({
      title,
      step: 1,
      totalSteps: 2,
      canGoBack: false,
      placeholder: l10n.t('Which environment?'),
      items: servedItems(await proxy.served(), environmentInUse.current, sessions.known),
      wasChosen: (one) => one !== 'addEnvironment' && one.environment.name === wanted?.name,
    });
    if (served === back || served === 'addEnvironment') {
      return 'addEnvironment';
    }
    before = served.environment;
    const address = shownAddress(await proxy.addressOf(before, 'keyInPath'));
    const { dialect } = shellInUse();
    const form = await prompt.pick<AddressForm>({
      title,
      step: 2,
      totalSteps: 2,
      canGoBack: true,
      placeholder: l10n.t('In which form, for {0}?', environmentName(before)),
      items: [
        { label: l10n.t('Address'), description: address, value: 'address' },
        { label: 'RELTIO_URL', description: l10n.t('a line for your shell ({0})', dialect), value: 'shell' },
        { label: '@baseUrl', description: l10n.t('a line for .http files'), value: 'http' },
        { label: l10n.t('Postman environment'), description: l10n.t('a file that you save'), value: 'postman' },
      ],
    });
    if (form !== back) {
      return { environment: before, form };
    }
  }
}

async function save(environment: Environment, proxy: ProxyOfWindow): Promise<void> {
  const [address, key] = await Promise.all([proxy.addressOf(environment, 'keyInPath'), proxy.key()]);
  const text = postmanEnvironment(randomUUID(), environment.name, address, key);
  try {
    await savePrivately(l10n.t('Save the Postman environment'), postmanFileName(environment.name), text);
  } catch (error) {
    const nodeCode = codeOf(error);
    throw isFailure(error) ? error : new Failure('fileNotSaved', nodeCode === undefined ? {} : { nodeCode });
  }
}
