import { accountLabel } from '../../core/model/account';
import type { RefreshOutcome } from '../../core/sessions/manualRefresh';
import { timeLeft } from '../../core/model/tokens';
import { estimateText, exactTimeText, spanText, timeText } from '../../editor/messages/timeText';

/** The result of a manual refresh, in one line. The account comes early, because VS Code hides what does not fit. Pure. */
export function refreshedText(
  { session: { account, tokens }, isNewToken, isStillValid, nextAt }: RefreshOutcome,
  isNamed: boolean,
  now: number,
): string {
  const about = estimateText(tokens);
  const whose = isNamed ? ` of ${accountLabel(account)}` : '';
  if (nextAt !== undefined) {
    const seconds = Math.max(Math.floor((now - tokens.expiryKnownAt) / 1_000), 0);
    return `Token${whose} refreshed ${seconds} s ago. You can refresh it again at ${exactTimeText(nextAt)}.`;
  }
  if (isStillValid === true) {
    const left = `${about}${spanText(timeLeft(tokens, now))}`;
    return `Token${whose} is still valid, ${left} left. Reltio confirmed it. A client gets its next token when this one expires.`;
  }
  return isNewToken
    ? `New token${whose} until ${about}${timeText(tokens.accessTokenExpiresAt, now)}.`
    : `Same token${whose} returned by Reltio, ${about}${spanText(timeLeft(tokens, now))} left.`;
}
