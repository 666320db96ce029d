import { accountId } from './account';
import { remedyOf } from './remedy';
import type { Session } from './session';
import { refreshTokenExpiry } from './tokens';

const day = 24 * 3_600_000;
/** The user is reminded to renew the sign-in this long before the refresh token expires (milliseconds). */
const notice = 3 * day;

/** From when on the user is reminded to renew the sign-in; undefined where nothing expires but the access token. */
export function renewNoticeStart(refreshTokenExpiresAt: number | undefined): number | undefined {
  return refreshTokenExpiresAt === undefined ? undefined : refreshTokenExpiresAt - notice;
}

export interface DueReminder {
  readonly session: Session;
  readonly expiresAt: number;
}

/**
 * The sessions to remind of now: they expire within three days, and today there was no reminder of them.
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

/** Where something else has to be done first, the user is reminded of that instead. */
function isRenewable(session: Session, now: number): boolean {
  const remedy = remedyOf(session, now);
  return remedy === undefined || remedy === 'renew';
}
