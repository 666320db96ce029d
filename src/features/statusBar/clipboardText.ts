import * as l10n from '@vscode/l10n';
import type { CopiedToken } from '../../editor/copiedToken';
import { spokenSpan, spokenUnit, timeText } from '../../editor/messages/timeText';

/** One sentence for each thing that can be copied. */
interface Sentences {
  readonly overdue: (label: string) => string;
  readonly copied: (label: string, at: string) => string;
  readonly there: (label: string, span: string) => string;
}

const sentences: Readonly<Record<CopiedToken['form'], Sentences>> = {
  token: {
    overdue: (label) =>
      l10n.t('The token of {0} is still on the clipboard because it could not be cleared yet.', label),
    copied: (label, at) => l10n.t('The token of {0} was copied at {1} and may still be on the clipboard.', label, at),
    there: (label, span) =>
      l10n.t('The token of {0} is on the clipboard. It will be cleared {1} after it was copied.', label, span),
  },
  header: {
    overdue: (label) =>
      l10n.t('The Authorization header of {0} is still on the clipboard because it could not be cleared yet.', label),
    copied: (label, at) =>
      l10n.t('The Authorization header of {0} was copied at {1} and may still be on the clipboard.', label, at),
    there: (label, span) =>
      l10n.t(
        'The Authorization header of {0} is on the clipboard. It will be cleared {1} after it was copied.',
        label,
        span,
      ),
  },
  curl: {
    overdue: (label) =>
      l10n.t('The cURL command of {0} is still on the clipboard because it could not be cleared yet.', label),
    copied: (label, at) =>
      l10n.t('The cURL command of {0} was copied at {1} and may still be on the clipboard.', label, at),
    there: (label, span) =>
      l10n.t('The cURL command of {0} is on the clipboard. It will be cleared {1} after it was copied.', label, span),
  },
};

/**
 * Describes what is on the clipboard, in sentences that stay true without a timer. If the clipboard cannot be read, the
 * token may have been replaced.
 */
export function clipboardText({ label, form, at, clearAfter, isOverdue }: CopiedToken, now: number): string {
  const { overdue, copied, there } = sentences[form];
  if (isOverdue) {
    return overdue(label);
  }
  return clearAfter === undefined
    ? copied(label, timeText(at, now))
    : there(label, clearAfter % 60 === 0 ? spokenSpan(clearAfter * 1000) : spokenUnit(clearAfter, 'second'));
}
