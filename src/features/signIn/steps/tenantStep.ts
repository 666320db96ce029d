import { displayText } from '../../../core/base/displayText';
import { isTenantId } from '../../../core/dataApi/tenant';
import { back, type Back } from '../../../editor/prompt/prompt';
import type { SignInContext } from '../signInContext';
import { methodInUse } from '../signInContext';
import { offeredTenants, tenantOf } from '../browser/tenants';
import type { Position, Step } from './steps';

const otherOne = Symbol('other one');

/** Asks which tenant to sign in at: it decides which identity provider asks the user. If only one is known, it is used. */
export const tenantStep: Step = {
  answers: ['tenant'],
  dependsOn: ['identityServer'],
  applies: (context) => tenantOf(context) === undefined,
  async ask(context, position) {
    const { prompt, title, draft } = context;
    const offered = offeredTenants(context);
    const chosen =
      offered.length === 0
        ? otherOne
        : await prompt.pick<string | typeof otherOne>({
            ...position,
            title: title(draft.identityServer),
            placeholder: 'Which tenant do you sign in at?',
            help: methodInUse(context).help,
            items: [
              ...offered.map(({ id, from }) => ({ label: displayText(id), description: displayText(from), value: id })),
              { label: 'Another one…', detail: 'Type its id, or paste a link to it', value: otherOne },
            ],
          });
    if (chosen === back) {
      return back;
    }
    const id = chosen === otherOne ? await typeTenant(context, position, offered.length > 0) : chosen;
    if (id === back) {
      return offered.length > 0 ? await tenantStep.ask(context, position) : back;
    }
    draft.tenant = { id };
    return 'next';
  },
};

async function typeTenant(context: SignInContext, position: Position, isBelow: boolean): Promise<string | Back> {
  const { prompt, title, draft } = context;
  return await prompt.box<string>({
    ...position,
    canGoBack: isBelow || position.canGoBack,
    title: title(draft.identityServer),
    prompt: 'The id of your tenant, or a link to it such as https://dev.reltio.com/ui/abc123',
    placeholder: 'Tenant id, such as abc123',
    help: methodInUse(context).help,
    value: draft.tenant?.id ?? '',
    submit: (text) => {
      const id = tenantIn(text.trim());
      return Promise.resolve(
        id === undefined
          ? { kind: 'refused', sentence: 'Enter the tenant id: one word, which follows /ui/ in the address of Reltio.' }
          : { kind: 'accepted', value: id },
      );
    },
  });
}

/** A link of Reltio's UI or API holds the tenant (docs/reltio.md, R33). */
function tenantIn(text: string): string | undefined {
  const id = /^https?:\/\/[^/]+\/(?:n?ui|reltio\/api)\/([^/?#]+)/i.exec(text)?.[1] ?? text;
  return isTenantId(id) ? id : undefined;
}
