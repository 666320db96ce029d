import * as l10n from '@vscode/l10n';
import { displayText } from '../../core/base/displayText';
import { isLoopback } from '../../core/trust/trustedHosts';
import type { Prompt } from '../../editor/prompt/prompt';
import { title, type EnvironmentDraft, type EnvironmentQuestion } from './environmentDraft';

/** @param taken the names of the other environments */
export function nameQuestion(prompt: Pick<Prompt, 'box'>, taken: ReadonlySet<string>): EnvironmentQuestion {
  return {
    applies: () => true,
    ask: (draft, position, before) =>
      prompt.box<EnvironmentDraft>({
        ...position,
        title: title(),
        prompt: l10n.t('What do you want to call this environment?'),
        placeholder: 'dev',
        value: before?.name ?? freeName(draft.url ?? '', draft.tenant, taken),
        submit: (text) => {
          const name = text.trim();
          const problem = nameProblem(name, taken);
          return Promise.resolve(
            problem === undefined
              ? { kind: 'accepted', value: { ...draft, name } }
              : { kind: 'refused', sentence: problem },
          );
        },
      }),
  };
}

/** The longest name that the status bar can show beside everything else (characters). */
const maxNameLength = 40;

function nameProblem(name: string, taken: ReadonlySet<string>): string | undefined {
  if (name === '') {
    return l10n.t('Enter a name, such as dev.');
  }
  if (taken.has(name)) {
    return l10n.t('There is already an environment named "{0}". Choose another name.', displayText(name));
  }
  return displayText(name, maxNameLength) === name
    ? undefined
    : l10n.t('Choose a name of at most {0} plain characters, such as dev.', maxNameLength);
}

/** The first word of the host; with the tenant, or a number, if that is taken. */
export function freeName(url: string, tenant: string | undefined, taken: ReadonlySet<string>): string {
  const { hostname } = URL.canParse(url) ? new URL(url) : { hostname: '' };
  const [label = ''] = isLoopback(hostname) ? ['local'] : hostname.split('.');
  const base = label.slice(0, maxNameLength);
  const withTenant = tenant === undefined || tenant === '' ? [] : [`${base}-${tenant}`.slice(0, maxNameLength)];
  const numbered = Array.from({ length: taken.size + 1 }, (_, index) => `${base}-${index + 2}`);
  return [base, ...withTenant, ...numbered].find((name) => !taken.has(name)) ?? base;
}
