import * as l10n from '@vscode/l10n';
import { displayText } from '../../../core/base/displayText';
import { unwrapped } from '../../../core/base/pastedText';
import { isTenantId, tenantInPath } from '../../../core/dataApi/tenant';
import { back, type Back } from '../../../editor/prompt/prompt';
import { helpInUse, type SignInContext } from '../signInContext';
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
    const before = draft.tenant?.id;
    const isListed = offered.some(({ id }) => id === before);
    const chosen =
      offered.length === 0
        ? otherOne
        : await prompt.pick<string | typeof otherOne>({
            ...position,
            title: title(draft.identityServer),
            placeholder: l10n.t('Which tenant do you sign in at?'),
            wasChosen: (id) => before !== undefined && id === (isListed ? before : otherOne),
            help: helpInUse(context),
            items: [
              ...offered.map(({ id, from }) => ({ label: displayText(id), description: displayText(from), value: id })),
              { label: l10n.t('Another one…'), detail: l10n.t('Type its id, or paste a link to it'), value: otherOne },
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
    prompt: l10n.t('Enter the id of your tenant, or paste a link to it such as https://dev.reltio.com/ui/abc123'),
    placeholder: l10n.t('Tenant id, such as abc123'),
    help: helpInUse(context),
    value: draft.tenant?.id ?? '',
    submit: (text) => {
      const id = tenantIn(unwrapped(text));
      return Promise.resolve(
        id === undefined
          ? { kind: 'refused', sentence: l10n.t('Enter the id as in the address of a Reltio page: …/ui/<id>.') }
          : { kind: 'accepted', value: id },
      );
    },
  });
}

/** The tenant in a link to Reltio, or a bare id. */
function tenantIn(text: string): string | undefined {
  const path = /^https?:\/\/[^/]+(\/.*)$/i.exec(text)?.[1];
  return path === undefined ? (isTenantId(text) ? text : undefined) : tenantInPath(path);
}
