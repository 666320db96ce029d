import { displayText } from '../../../core/base/displayText';
import type { Draft } from '../draft';
import type { KnownClients } from '../knownClients';
import { offeredMethod } from '../methods/methods';
import { back, type Prompt } from '../../../editor/prompt/prompt';
import type { Step } from './steps';

/** The user name, with the last one already in the box. */
export function userStep(
  prompt: Prompt,
  title: () => string,
  draft: Draft,
  lastUser: () => string | undefined,
  clients: KnownClients,
  isFixed: boolean,
  clientStep: Step,
): Step {
  const otherClient = Symbol('other client');
  return {
    applies: () => !isFixed,
    async ask(position) {
      const user = await prompt.box<string | typeof otherClient>({
        ...position,
        title: title(),
        prompt: 'User name',
        placeholder: 'User name, such as name@company.com',
        help: offeredMethod(draft.method?.kind ?? 'password').help,
        value: draft.user ?? lastUser() ?? '',
        links: [
          {
            icon: 'key',
            tooltip: `Use another client than ${displayText(clients.of(draft)?.id ?? '')}`,
            value: otherClient,
          },
        ],
        submit: (text) =>
          Promise.resolve(
            text.trim() === ''
              ? { kind: 'refused', sentence: 'Enter your user name. For most people it is their e-mail address.' }
              : { kind: 'accepted', value: text.trim() },
          ),
      });
      if (user === back) {
        return back;
      }
      if (user === otherClient) {
        delete draft.client;
        draft.choosesClient = true;
        return { goTo: clientStep };
      }
      draft.user = user;
      return 'next';
    },
  };
}
