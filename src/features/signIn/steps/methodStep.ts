import type { Draft } from '../draft';
import { documentedIdpSystem, methods, offeredMethod } from '../methods/methods';
import { helpPages } from '../helpPages';
import { back, type Prompt } from '../../../editor/prompt/prompt';
import type { Step } from './steps';

/** Which way to sign in. */
export function methodStep(prompt: Prompt, title: () => string, draft: Draft, isFixed: boolean): Step {
  return {
    applies: () => !isFixed,
    async ask(position) {
      const kind = await prompt.pick({
        ...position,
        title: title(),
        placeholder: 'How do you sign in?',
        help: helpPages.methods,
        items: methods.map(({ label, detail, kind: value }) => ({ label, detail, value })),
      });
      if (kind === back) {
        return back;
      }
      if (kind !== draft.method?.kind) {
        draft.method = kind === 'password' ? { kind } : { kind, idpSystem: documentedIdpSystem };
      }
      return 'next';
    },
  };
}

/** Which identity provider holds the password. */
export function identityProviderStep(prompt: Prompt, title: () => string, draft: Draft, isFixed: boolean): Step {
  const type = Symbol('type');
  return {
    applies: () => !isFixed && draft.method !== undefined && offeredMethod(draft.method.kind).asksIdentityProvider,
    async ask(position) {
      const chosen = await prompt.pick<string | typeof type>({
        ...position,
        title: title(),
        placeholder: 'Which identity provider?',
        help: helpPages.identityProvider,
        items: [
          { label: 'Salesforce', description: documentedIdpSystem, value: documentedIdpSystem },
          { label: 'Another one…', detail: 'Type the idp_system that Reltio gave you', value: type },
        ],
      });
      if (chosen === back) {
        return back;
      }
      if (chosen !== type) {
        draft.method = { kind: 'identityProvider', idpSystem: chosen };
        return 'next';
      }
      const typed = await prompt.box<string>({
        ...position,
        canGoBack: true,
        title: title(),
        prompt: 'The idp_system of your identity provider, as Reltio gave it to you',
        placeholder: documentedIdpSystem,
        help: helpPages.identityProvider,
        value: typedBefore(draft),
        submit: (text) =>
          Promise.resolve(
            /^[\w.:-]+$/.test(text.trim())
              ? { kind: 'accepted', value: text.trim() }
              : { kind: 'refused', sentence: 'Enter one word, such as salesforce.' },
          ),
      });
      if (typed === back) {
        return await this.ask(position);
      }
      draft.method = { kind: 'identityProvider', idpSystem: typed };
      return 'next';
    },
  };
}

/** What the person typed before going back, if anything. */
function typedBefore({ method }: Draft): string {
  const idpSystem = method?.kind === 'identityProvider' ? method.idpSystem : documentedIdpSystem;
  return idpSystem === documentedIdpSystem ? '' : idpSystem;
}
