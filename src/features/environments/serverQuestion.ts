import * as l10n from '@vscode/l10n';
import { displayHostOf } from '../../core/base/displayText';
import { isLoopback, isUnder } from '../../core/trust/trustedHosts';
import { back, type Prompt } from '../../editor/prompt/prompt';
import { defaultIdentityServer } from '../../editor/settings/defaultIdentityServer';
import { title, type EnvironmentDraft, type EnvironmentQuestion } from './environmentDraft';

/** The identity servers to choose from: Reltio's own serves every environment of reltio.com, unless the user has another. */
export function serversFor(url: string, known: readonly string[]): readonly string[] {
  const { hostname, origin } = new URL(url);
  const own = isLoopback(hostname) ? [origin] : [];
  const reltio = isUnder(hostname, ['reltio.com']) || known.length === 0 ? [defaultIdentityServer] : [];
  return [...new Set([...own, ...known, ...reltio])];
}

/** @param known the identity servers of the settings and of the accounts, the one in use first */
export function serverQuestion(prompt: Pick<Prompt, 'pick'>, known: readonly string[]): EnvironmentQuestion {
  const servers = ({ url }: EnvironmentDraft): readonly string[] => (url === undefined ? [] : serversFor(url, known));
  return {
    applies: (draft) => servers(draft).length > 1,
    ask: async (draft, position, before) => {
      const picked = await prompt.pick({
        ...position,
        title: title(),
        placeholder: l10n.t('Which identity server signs you in to this environment?'),
        wasChosen: (server) => server === before?.identityServer,
        items: servers(draft).map((server) => ({ label: displayHostOf(server), value: server })),
      });
      return picked === back ? back : { ...draft, identityServer: picked };
    },
  };
}
