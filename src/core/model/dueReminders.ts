import { accountId } from './account';
import { remedyOf } from './remedy';
import type { Session } from './session';
import { refreshTokenExpiry } from './tokens';

const day = 24 * 3_600_000;
/** The person is reminded this long before the end (milliseconds). */
export const renewNotice = 3 * day;

/** The sessions to remind of now: they end within three days, and nobody was reminded of them today. Pure. */
export function dueReminders(
  sessions: readonly Session[],
  reminded: Readonly<Record<string, number>>,
  days: number,
  now: number,
): readonly { readonly session: Session; readonly endsAt: number }[] {
  return sessions.flatMap((session) => {
    const endsAt = refreshTokenExpiry(session.tokens, days);
    const last = reminded[accountId(session.account)];
    const wasToday = last !== undefined && last <= now && now - last < day;
    return endsAt === undefined || !mayRenew(session, now) || endsAt - now > renewNotice || wasToday
      ? []
      : [{ session, endsAt }];
  });
}

/** Whoever has something else to do first is told that. */
function mayRenew(session: Session, now: number): boolean {
  const remedy = remedyOf(session, now);
  return remedy === undefined || remedy === 'renew';
}
