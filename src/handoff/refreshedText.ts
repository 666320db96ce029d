import { accountLabel } from '../sessions/account';
import type { RefreshOutcome } from '../sessions/sessions';
import { lifeLeft } from '../sessions/tokens';
import { spanText, timeText } from '../support/timeText';

/** What came of a refresh by hand, on one line; the name, which only tells one account from another, comes last. Pure. */
export function refreshedText(
  { session: { account, tokens }, isNewToken }: RefreshOutcome,
  isNamed: boolean,
  now: number,
): string {
  const about = tokens.endIsEstimate ? 'about ' : '';
  const whose = isNamed ? ` (${accountLabel(account)})` : '';
  return isNewToken
    ? `New token until ${about}${timeText(tokens.accessTokenEndsAt, now)}${whose}.`
    : `Reltio returned the same token, ${about}${spanText(lifeLeft(tokens, now))} left${whose}.`;
}
