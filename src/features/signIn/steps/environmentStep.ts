import * as l10n from '@vscode/l10n';
import { displayHostOf, displayText } from '../../../core/base/displayText';
import { back, type Back, type Submitted } from '../../../editor/prompt/prompt';
import { readEnvironmentLink } from '../../../editor/settings/environmentLink';
import { helpInUse, type SignInContext } from '../signInContext';
import type { Position, Step } from './steps';

const otherOne = Symbol('other one');

/** Asks for the environment whose login page is used. If only one trusts the identity server, it is used. */
export const environmentStep: Step = {
  answers: ['environment'],
  dependsOn: ['identityServer'],
  applies: (context) => environmentOf(context) === undefined,
  async ask(context, position) {
    const { prompt, title, draft } = context;
    const offered = environmentsIn(context);
    const before = draft.environment?.url;
    const isListed = offered.some(({ url }) => url === before);
    const chosen =
      offered.length === 0
        ? otherOne
        : await prompt.pick<string | typeof otherOne>({
            ...position,
            title: title(draft.identityServer),
            placeholder: l10n.t('Which environment has the login page that you use?'),
            wasChosen: (url) => before !== undefined && url === (isListed ? before : otherOne),
            help: helpInUse(context),
            items: [
              ...offered.map(({ name, url }) => ({
                label: displayText(name),
                description: displayHostOf(url),
                value: url,
              })),
              { label: l10n.t('Another one…'), detail: l10n.t('Type its address or name'), value: otherOne },
            ],
          });
    if (chosen === back) {
      return back;
    }
    const url = chosen === otherOne ? await typeEnvironment(context, position, offered.length > 0) : chosen;
    if (url === back) {
      return offered.length > 0 ? await environmentStep.ask(context, position) : back;
    }
    draft.environment = { url };
    return 'next';
  },
};

/** The origin of the environment whose login page is used; undefined if the user must be asked. */
export function environmentOf(context: SignInContext): string | undefined {
  const { draft, request } = context;
  if (draft.environment !== undefined) {
    return draft.environment.url;
  }
  const before = request.method?.['environment'];
  if (typeof before === 'string') {
    return before;
  }
  const [only, ...others] = new Set(environmentsIn(context).map(({ url }) => url));
  return others.length === 0 ? only : undefined;
}

function environmentsIn({ draft, environments }: SignInContext): SignInContext['environments'] {
  return environments.filter(({ identityServer }) => identityServer === draft.identityServer);
}

async function typeEnvironment(context: SignInContext, position: Position, isBelow: boolean): Promise<string | Back> {
  const { prompt, title, draft, browser } = context;
  return await prompt.box<string>({
    ...position,
    canGoBack: isBelow || position.canGoBack,
    title: title(draft.identityServer),
    prompt: l10n.t('Enter the address of your Reltio environment. You sign in on its login page.'),
    placeholder: l10n.t('Address or name, such as dev.reltio.com or dev'),
    help: helpInUse(context),
    value: draft.environment?.url ?? '',
    submit: (text) => Promise.resolve(addressIn(text, browser.trusted)),
  });
}

function addressIn(text: string, trusted: readonly string[]): Submitted<string> {
  const link = readEnvironmentLink(text, trusted);
  return link.kind === 'link' ? { kind: 'accepted', value: link.url } : link;
}
