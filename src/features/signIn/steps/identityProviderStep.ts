import * as l10n from '@vscode/l10n';
import { unwrapped } from '../../../core/base/pastedText';
import { back, type Back } from '../../../editor/prompt/prompt';
import type { Draft } from '../draft';
import * as helpPages from '../helpPages';
import { documentedIdpSystem } from '../methods/idpSystem';
import type { SignInContext } from '../signInContext';
import type { Position, Step } from './steps';

const otherOne = Symbol('other one');

/** Asks which identity provider the password belongs to. */
export const identityProviderStep: Step = {
  answers: ['method'],
  dependsOn: [],
  applies: ({ request }) => request.method === undefined,
  async ask(context, position) {
    const chosen = await context.prompt.pick<string | typeof otherOne>({
      ...position,
      title: context.title(context.draft.identityServer),
      placeholder: l10n.t('Which identity provider?'),
      wasChosen: (idpSystem) =>
        typedBefore(context.draft) === '' ? idpSystem === context.draft.method?.['idpSystem'] : idpSystem === otherOne,
      help: helpPages.identityProvider,
      items: [
        { label: 'Salesforce', description: documentedIdpSystem, value: documentedIdpSystem },
        { label: l10n.t('Another one…'), detail: l10n.t('Type the idp_system that Reltio gave you'), value: otherOne },
      ],
    });
    if (chosen === back) {
      return back;
    }
    const idpSystem = chosen === otherOne ? await typeIdpSystem(context, position) : chosen;
    if (idpSystem === back) {
      return await identityProviderStep.ask(context, position);
    }
    context.draft.method = { kind: 'identityProvider', idpSystem };
    return 'next';
  },
};

async function typeIdpSystem({ prompt, title, draft }: SignInContext, position: Position): Promise<string | Back> {
  return await prompt.box<string>({
    ...position,
    canGoBack: true,
    title: title(draft.identityServer),
    prompt: l10n.t('The idp_system of your identity provider, as Reltio gave it to you'),
    placeholder: documentedIdpSystem,
    help: helpPages.identityProvider,
    value: typedBefore(draft),
    submit: (text) =>
      Promise.resolve(
        /^[\w.:-]+$/.test(unwrapped(text))
          ? { kind: 'accepted', value: unwrapped(text) }
          : { kind: 'refused', sentence: l10n.t('Enter one word, such as salesforce.') },
      ),
  });
}

/** What the user typed before going back, if anything. */
function typedBefore({ method }: Draft): string {
  const idpSystem = method?.['idpSystem'];
  return typeof idpSystem !== 'string' || idpSystem === documentedIdpSystem ? '' : idpSystem;
}
