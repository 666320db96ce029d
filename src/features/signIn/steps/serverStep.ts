import { displayList, displayHostOf } from '../../../core/base/displayText';
import type { Environment } from '../../../editor/settings/environments';
import type { Draft } from '../draft';
import { back, type PickItem, type Prompt } from '../../../editor/prompt/prompt';
import type { Step } from './steps';

/** Which identity server, where there is more than one. The last used stands first. */
export function serverStep(
  prompt: Prompt,
  title: string,
  draft: Draft,
  servers: readonly string[],
  environments: readonly Environment[],
): Step {
  return {
    applies: () => servers.length > 1,
    async ask(position) {
      const chosen = await prompt.pick({
        ...position,
        title,
        placeholder: 'Which identity server signs you in?',
        items: servers.map((server) => serverItem(server, environments)),
      });
      if (chosen === back) {
        return back;
      }
      if (chosen !== draft.identityServer) {
        delete draft.client;
        delete draft.choosesClient;
        delete draft.isClientRejected;
        delete draft.user;
      }
      draft.identityServer = chosen;
      return 'next';
    },
  };
}

function serverItem(server: string, environments: readonly Environment[]): PickItem<string> {
  const names = environments.filter((one) => one.identityServer === server).map((one) => one.name);
  return {
    label: displayHostOf(server),
    ...(names.length === 0 ? {} : { description: displayList(names) }),
    value: server,
  };
}
