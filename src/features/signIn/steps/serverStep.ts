import * as l10n from '@vscode/l10n';
import { displayList, displayHostOf } from '../../../core/base/displayText';
import { back, type PickItem } from '../../../editor/prompt/prompt';
import type { Environment } from '../../../editor/settings/environments';
import type { Step } from './steps';

/** Asks for the identity server if there is more than one. The most recently used comes first. */
export const serverStep: Step = {
  answers: ['identityServer'],
  dependsOn: [],
  applies: ({ servers }) => servers.length > 1,
  async ask({ prompt, title, draft, servers, environments }, position) {
    const chosen = await prompt.pick({
      ...position,
      title: title(undefined),
      placeholder: l10n.t('Which identity server signs you in?'),
      wasChosen: (server) => server === draft.identityServer,
      items: servers.map((server) => serverItem(server, environments)),
    });
    if (chosen === back) {
      return back;
    }
    draft.identityServer = chosen;
    return 'next';
  },
};

function serverItem(server: string, environments: readonly Environment[]): PickItem<string> {
  const names = environments.filter((one) => one.identityServer === server).map((one) => one.name);
  return {
    label: displayHostOf(server),
    ...(names.length === 0 ? {} : { description: displayList(names) }),
    value: server,
  };
}
