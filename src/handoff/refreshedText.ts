import { accountLabel } from '../sessions/account';
import type { RefreshOutcome } from '../sessions/sessions';
import { lifeLeft } from '../sessions/tokens';
import { exactTimeText, spanText, timeText } from '../support/timeText';

/** What came of a refresh by hand, on one line; the name, which only tells one account from another, comes last. Pure. */
export function refreshedText(
  { session: { account, tokens }, isNewToken, nextAt }: RefreshOutcome,
  isOneOfSeveral: boolean,
  now: number,
): string {
  const about = tokens.endIsEstimate ? 'about ' : '';
  const whose = isOneOfSeveral ? ` (${accountLabel(account)})` : '';
  if (nextAt !== undefined) {
    const seconds = Math.max(Math.floor((now - tokens.endKnownAt) / 1_000), 0);
    return `Refreshed ${seconds} s ago. The next refresh can go at ${exactTimeText(nextAt)}${whose}.`;
  }
  return isNewToken
    ? `New token until ${about}${timeText(tokens.accessTokenEndsAt, now)}${whose}.`
    : `Reltio returned the same token, ${about}${spanText(lifeLeft(tokens, now))} left${whose}.`;
}
