import { accountId } from './account';
import { remedyOf } from './remedy';
import type { Session } from './session';
import { refreshTokenExpiry } from './tokens';

const day = 24 * 3_600_000;
/** The user is reminded to renew the sign-in this long before the refresh token expires (milliseconds). */
const notice = 3 * day;

/** When the reminders to renew the sign-in start; undefined if only the access token expires. */
export function renewNoticeStart(refreshTokenExpiresAt: number | undefined): number | undefined {
  return refreshTokenExpiresAt === undefined ? undefined : refreshTokenExpiresAt - notice;
}

export interface DueReminder {
  readonly session: Session;
  readonly expiresAt: number;
}

/**
 * The sessions that are due for a reminder: they expire within three days, and had no reminder in the last day.
 *
 * @param reminded when the user was last reminded, by account id
 * @param days how long refresh tokens are valid
 */
export function dueReminders(
  sessions: readonly Session[],
  reminded: Readonly<Record<string, number>>,
  days: number,
  now: number,
): readonly DueReminder[] {
  return sessions.flatMap((session) => {
    const expiresAt = refreshTokenExpiry(session.tokens, days);
    const last = reminded[accountId(session.account)];
    const wasToday = last !== undefined && last <= now && now - last < day;
    const isDue = now >= (renewNoticeStart(expiresAt) ?? Infinity);
    return expiresAt === undefined || !isDue || wasToday || !isRenewable(session, now) ? [] : [{ session, expiresAt }];
  });
}

/** If the session needs something else first, the user is asked for that instead. */
function isRenewable(session: Session, now: number): boolean {
  const remedy = remedyOf(session, now);
  return remedy === undefined || remedy === 'renew';
}
