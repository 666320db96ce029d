import * as l10n from '@vscode/l10n';
import { failureTable, type FailureCode } from '../../core/base/failureTable';
import { isFailure } from '../../core/base/failure';
import type { TrustedSuffixes } from '../../core/trust/trustedHosts';
import { describe } from '../../editor/messages/messages';
import type { Prompt, Submitted } from '../../editor/prompt/prompt';
import { readEnvironmentLink } from '../../editor/settings/environmentLink';
import { title, type EnvironmentDraft, type EnvironmentQuestion } from './environmentDraft';

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
        title: title(),
        prompt: l10n.t('Paste the address of a Reltio page or an API address, or enter the name of an environment'),
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
  return isOffered ? `${sentence} ${l10n.t('Press Enter again to add it anyway.')}` : sentence;
}
