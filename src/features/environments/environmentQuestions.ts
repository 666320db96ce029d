import { displayHostOf, displayText } from '../../core/base/displayText';
import { failureTable, type FailureCode } from '../../core/base/failureTable';
import { isFailure } from '../../core/base/failure';
import { isLoopback, isUnder, type TrustedSuffixes } from '../../core/trust/trustedHosts';
import { describe } from '../../editor/messages/messages';
import { back, type Prompt, type Submitted } from '../../editor/prompt/prompt';
import { defaultIdentityServer } from '../../editor/settings/defaultIdentityServer';
import { readEnvironmentLink } from '../../editor/settings/environmentLink';
import type { EnvironmentDraft } from './environmentDraft';
import type { Question } from './questions';

export const title = 'Add a Reltio environment';

export type EnvironmentQuestion = Question<EnvironmentDraft>;

/**
 * Asks for the link, and whether an environment answers there.
 *
 * @param check resolves if one does
 */
export function linkQuestion(
  prompt: Pick<Prompt, 'box'>,
  trusted: TrustedSuffixes,
  check: (url: string, signal: AbortSignal) => Promise<void>,
): EnvironmentQuestion {
  let doubted: string | undefined;
  const submit = async (typed: string, signal: AbortSignal): Promise<Submitted<EnvironmentDraft>> => {
    const link = readEnvironmentLink(typed, trusted);
    if (link.kind === 'refused') {
      return link;
    }
    const { url, tenant } = link;
    const draft = { typed, url, ...(tenant === undefined ? {} : { tenant }) };
    if (url !== doubted) {
      try {
        await check(url, signal);
      } catch (error) {
        doubted = mayExist(error) ? url : undefined;
        return { kind: 'refused', sentence: orAnyway(describe(error), doubted !== undefined) };
      }
    }
    return { kind: 'accepted', value: draft };
  };
  return {
    applies: () => true,
    ask: (_draft, position, before) =>
      prompt.box({
        ...position,
        title,
        prompt: 'Paste the address of a Reltio page or an API address, or enter the name of an environment',
        placeholder: 'https://dev.reltio.com/ui/abc123',
        value: before?.typed ?? '',
        submit,
      }),
  };
}

/** With these, something answers that may be an environment. */
const inconclusive: readonly FailureCode[] = ['forbidden', 'serverError', 'rateLimited'];

/**
 * Whether an environment may exist all the same: it cannot be reached from here at the moment, or refuses to answer. A 401
 * asks for a token, as an environment may, and as an identity server does for any address.
 */
function mayExist(error: unknown): boolean {
  if (!isFailure(error)) {
    return false;
  }
  const { code, status } = error;
  return (
    failureTable[code].group === 'offline' ||
    inconclusive.includes(code) ||
    (code === 'notAnEnvironment' && status === 401)
  );
}

export function orAnyway(sentence: string, isOffered: boolean): string {
  return isOffered ? `${sentence} Press Enter again to add it anyway.` : sentence;
}

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
    ask: async (draft, position) => {
      const picked = await prompt.pick({
        ...position,
        title,
        placeholder: 'Which identity server signs you in to this environment?',
        items: servers(draft).map((server) => ({ label: displayHostOf(server), value: server })),
      });
      return picked === back ? back : { ...draft, identityServer: picked };
    },
  };
}

/** @param taken the names of the other environments */
export function nameQuestion(prompt: Pick<Prompt, 'box'>, taken: ReadonlySet<string>): EnvironmentQuestion {
  return {
    applies: () => true,
    ask: (draft, position, before) =>
      prompt.box<EnvironmentDraft>({
        ...position,
        title,
        prompt: 'What do you want to call this environment?',
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
    return 'Enter a name, such as dev.';
  }
  if (taken.has(name)) {
    return `There is already an environment named "${displayText(name)}". Choose another name.`;
  }
  return displayText(name, maxNameLength) === name
    ? undefined
    : `Choose a name of at most ${maxNameLength} plain characters, such as dev.`;
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

export function productionQuestion(prompt: Pick<Prompt, 'pick'>): EnvironmentQuestion {
  const no = { label: 'No production data', value: false };
  const yes = {
    label: 'Production',
    description: 'named in the status bar, and you are asked before each copy of a token',
  };
  return {
    applies: () => true,
    ask: async (draft, position) => {
      const items = [no, { ...yes, value: true }];
      const picked = await prompt.pick({
        ...position,
        title,
        placeholder: 'Does this environment hold production data?',
        items: looksLikeProduction(draft) ? items.toReversed() : items,
      });
      return picked === back ? back : { ...draft, production: picked };
    },
  };
}

/** Whether a name suggests production: `na07-prod`, `prod-usg`, `prd`; not `nonprod`. It only decides what is preselected or suggested. */
export function looksLikeProduction({ url, name = '', tenant = '' }: EnvironmentDraft): boolean {
  const host = url === undefined ? '' : new URL(url).hostname;
  return [host, name, tenant].some((text) => /(?<!\bnon[-_.]?)prod(?!ucts?\b)|\bprd/i.test(text));
}
