import * as l10n from '@vscode/l10n';
import { back, type Prompt } from '../../editor/prompt/prompt';
import { title, type EnvironmentDraft, type EnvironmentQuestion } from './environmentDraft';

export function productionQuestion(prompt: Pick<Prompt, 'pick'>): EnvironmentQuestion {
  const no = { label: l10n.t('No production data'), value: false };
  const yes = {
    label: l10n.t('Production'),
    description: l10n.t('named in the status bar, and you are asked before each copy of a token'),
  };
  return {
    applies: () => true,
    ask: async (draft, position) => {
      const items = [no, { ...yes, value: true }];
      const picked = await prompt.pick({
        ...position,
        title: title(),
        placeholder: l10n.t('Does this environment hold production data?'),
        items: looksLikeProduction(draft) ? items.toReversed() : items,
      });
      return picked === back ? back : { ...draft, production: picked };
    },
  };
}

/**
 * Whether a name suggests production: `na07-prod`, `prod-usg`, `prd`; not `nonprod`. Decides which answer comes first in Add
 * Environment, and how an environment is imported.
 */
export function looksLikeProduction({ url, name = '', tenant = '' }: EnvironmentDraft): boolean {
  const host = url === undefined ? '' : new URL(url).hostname;
  return [host, name, tenant].some((text) => /(?<!\bnon[-_.]?)prod(?!ucts?\b)|\bprd/i.test(text));
}
