import { accountLabel } from '../sessions/account';
import type { RefreshOutcome } from '../sessions/sessions';
import { lifeLeft } from '../sessions/tokens';
import { spanText, timeText } from '../support/timeText';

/** What came of a refresh by hand, on one line; the name first, because VS Code hides what does not fit. Pure. */
export function refreshedText(
  { session: { account, tokens }, isNewToken }: RefreshOutcome,
  isNamed: boolean,
  now: number,
): string {
  const about = tokens.endIsEstimate ? 'about ' : '';
  const whose = isNamed ? ` of ${accountLabel(account)}` : '';
  return isNewToken
    ? `New token${whose} until ${about}${timeText(tokens.accessTokenEndsAt, now)}.`
    : `Same token${whose} returned by Reltio, ${about}${spanText(lifeLeft(tokens, now))} left.`;
}
