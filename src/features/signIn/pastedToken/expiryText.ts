import * as l10n from '@vscode/l10n';
import { withPlainDigits } from '../../../core/base/pastedText';
import type { Submitted } from '../../../editor/prompt/prompt';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
/** The longest time left that makes sense: only a refresh token is valid that long (milliseconds). */
const longest = 28 * 24 * hour;
/** A time of day that is further away has passed (milliseconds). */
const farthest = 12 * hour;

/** A larger number may as well be the seconds of a server's `expires_in`. */
const mostMinutes = 300;

function notRead(): Submitted<never> {
  return refused(l10n.t('Enter the minutes that are left, such as 45, or a time of day, such as 15:30.'));
}

/** Reads when a token expires, as a time left or as a local time of day: `45`, `45 min`, `3599 s`, `15:30`, `3 pm`. */
export function expiryIn(text: string, now: number): Submitted<number> {
  const typed = withPlainDigits(text);
  const [, left, unit] = /^(\d{1,5})\s*(s|sec|seconds?|m|min|minutes?|h|hours?)?$/i.exec(typed) ?? [];
  if (left !== undefined) {
    if (unit === undefined && Number(left) > mostMinutes) {
      return refused(l10n.t('Add the unit: {0} s or {0} min.', left));
    }
    const span = Number(left) * spanOf(unit);
    return span > 0 && span <= longest ? accepted(now + span) : notRead();
  }
  const [, hours, minutes = '0', half] = /^(\d{1,2})(?:[:.](\d{2})(?::\d{2})?)?\s*(am|pm)?$/i.exec(typed) ?? [];
  if (hours === undefined) {
    return notRead();
  }
  const time = nextTime(Number(hours), Number(minutes), half?.toLowerCase(), now);
  if (time === undefined) {
    return notRead();
  }
  return time - now <= farthest
    ? accepted(time)
    : refused(l10n.t('That time has passed, so the token has expired. Go back and paste a newer one.'));
}

function spanOf(unit = 'm'): number {
  return { s: second, m: minute, h: hour }[unit.charAt(0).toLowerCase()] ?? minute;
}

/** The next time that the clock shows this, today or tomorrow. */
function nextTime(hours: number, minutes: number, half: string | undefined, now: number): number | undefined {
  const isPossible = minutes < 60 && (half === undefined ? hours < 24 : hours >= 1 && hours <= 12);
  if (!isPossible) {
    return undefined;
  }
  const time = new Date(now);
  time.setHours(half === undefined ? hours : (hours % 12) + (half === 'pm' ? 12 : 0), minutes, 0, 0);
  if (time.getTime() <= now) {
    time.setDate(time.getDate() + 1);
  }
  return time.getTime();
}

function accepted(value: number): Submitted<number> {
  return { kind: 'accepted', value };
}

function refused(sentence: string): Submitted<never> {
  return { kind: 'refused', sentence };
}
