import * as l10n from '@vscode/l10n';
import type { Tokens } from '../../core/model/tokens';
import { textLanguage } from './textLanguage';

const minute = 60_000;

/** An expiry or a time left within a text: `about 42 min` if it is our estimate, because the server did not state it. */
export function estimatedText({ expiryIsEstimate }: Pick<Tokens, 'expiryIsEstimate'>, text: string): string {
  return expiryIsEstimate ? aboutText(text) : text;
}

export function aboutText(text: string): string {
  return l10n.t({
    message: 'about {0}',
    args: [text],
    comment: ['{0} is a time such as 15:32, or a span such as 42 min'],
  });
}

/** A time span, rounded down: `42 min`, `2 h 5 min`, `less than 1 min`. */
export function spanText(milliseconds: number): string {
  const { hours, minutes } = rounded(milliseconds);
  if (hours > 0) {
    return minutes > 0 ? l10n.t('{0} h {1} min', hours, minutes) : l10n.t('{0} h', hours);
  }
  return minutes > 0 ? l10n.t('{0} min', minutes) : l10n.t('less than 1 min');
}

/** The same for a screen reader: `2 hours 5 minutes`. */
export function spokenSpan(milliseconds: number): string {
  const { hours, minutes } = rounded(milliseconds);
  const parts = [
    ...(hours === 0 ? [] : [spokenUnit(hours, 'hour')]),
    ...(minutes === 0 ? [] : [spokenUnit(minutes, 'minute')]),
  ];
  return parts.length === 0
    ? l10n.t('less than a minute')
    : new Intl.ListFormat(textLanguage(), { type: 'unit', style: 'narrow' }).format(parts);
}

/** A number with its unit in words: `1 minute`, `90 seconds`, `28 days`. */
export function spokenUnit(count: number, unit: 'second' | 'minute' | 'hour' | 'day'): string {
  return new Intl.NumberFormat(textLanguage(), { style: 'unit', unit, unitDisplay: 'long', useGrouping: false }).format(
    count,
  );
}

function rounded(milliseconds: number): { hours: number; minutes: number } {
  const all = Math.floor(Math.max(milliseconds, 0) / minute);
  return { hours: Math.floor(all / 60), minutes: all % 60 };
}

/** Local time of day, with the date when it is not today: `15:32`, `21 Dec, 15:32`. */
export function timeText(time: number, now: number): string {
  const date = new Date(time);
  const clock = date.toLocaleTimeString(textLanguage(), { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  return isToday(time, now)
    ? clock
    : `${date.toLocaleDateString(textLanguage(), { day: 'numeric', month: 'short' })}, ${clock}`;
}

/** Local time of day to the second, for a time within the next minutes: `14:05:10`. */
export function exactTimeText(time: number): string {
  const second = Math.ceil(time / 1_000) * 1_000; // never before its time
  return new Date(second).toLocaleTimeString(textLanguage(), { timeStyle: 'medium', hourCycle: 'h23' });
}

/** Local date and time to the second with the time zone, for a text that is kept: `28 Nov 2026, 14:05:10 GMT+1`. */
export function zonedTimeText(time: number): string {
  return new Date(time).toLocaleString(textLanguage(), {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  });
}

/** When `timeText` for a time of today will add the date: at midnight. Undefined if it has one already. */
export function dateShownAt(time: number, now: number): number | undefined {
  return isToday(time, now) ? new Date(now).setHours(24, 0, 0, 0) : undefined;
}

function isToday(time: number, now: number): boolean {
  return new Date(time).toDateString() === new Date(now).toDateString();
}
