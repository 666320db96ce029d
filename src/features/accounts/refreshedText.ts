import * as l10n from '@vscode/l10n';
import { accountLabel } from '../../core/model/account';
import type { RefreshOutcome } from '../../core/sessions/manualRefresh';
import { timeLeft } from '../../core/model/tokens';
import { estimatedText, exactTimeText, spanText, timeText } from '../../editor/messages/timeText';

/** The result of a manual refresh, in one line. The account comes early, because VS Code hides what does not fit. Pure. */
export function refreshedText(
  { session: { account, tokens }, isNewToken, isStillValid, nextAt }: RefreshOutcome,
  isNamed: boolean,
  now: number,
): string {
  const label = isNamed ? accountLabel(account) : undefined;
  if (nextAt !== undefined) {
    const seconds = Math.max(Math.floor((now - tokens.expiryKnownAt) / 1_000), 0);
    const next = l10n.t('You can refresh it again at {0}.', exactTimeText(nextAt));
    return label === undefined
      ? `${l10n.t('Token refreshed {0} s ago.', seconds)} ${next}`
      : `${l10n.t('Token of {0} refreshed {1} s ago.', label, seconds)} ${next}`;
  }
  const left = estimatedText(tokens, spanText(timeLeft(tokens, now)));
  if (isStillValid === true) {
    const confirmed = l10n.t('Reltio confirmed it. A client gets its next token when this one expires.');
    return label === undefined
      ? `${l10n.t('Token is still valid, {0} left.', left)} ${confirmed}`
      : `${l10n.t('Token of {0} is still valid, {1} left.', label, left)} ${confirmed}`;
  }
  if (isNewToken) {
    const expiry = estimatedText(tokens, timeText(tokens.accessTokenExpiresAt, now));
    return label === undefined
      ? l10n.t('New token until {0}.', expiry)
      : l10n.t('New token of {0} until {1}.', label, expiry);
  }
  return label === undefined
    ? l10n.t('Same token returned by Reltio, {0} left.', left)
    : l10n.t('Same token of {0} returned by Reltio, {1} left.', label, left);
}
