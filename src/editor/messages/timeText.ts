import type { Tokens } from '../../core/model/tokens';

const minute = 60_000;

/** The word before an expiry or a time left that is our estimate, because the server did not state it. */
export function estimateText({ expiryIsEstimate }: Tokens): 'about ' | '' {
  return expiryIsEstimate ? 'about ' : '';
}

/** A time span, rounded down: `42 min`, `2 h 5 min`, `less than 1 min`. */
export function spanText(milliseconds: number): string {
  return inUnits(
    milliseconds,
    (hours) => `${hours} h`,
    (minutes) => `${minutes} min`,
    'less than 1 min',
  );
}

/** The same for a screen reader: `2 hours 5 minutes`. */
export function spokenSpan(milliseconds: number): string {
  const many = (count: number, unit: string): string => `${count} ${unit}${count === 1 ? '' : 's'}`;
  return inUnits(
    milliseconds,
    (hours) => many(hours, 'hour'),
    (minutes) => many(minutes, 'minute'),
    'less than a minute',
  );
}

function inUnits(
  milliseconds: number,
  hourText: (hours: number) => string,
  minuteText: (minutes: number) => string,
  less: string,
): string {
  const all = Math.floor(Math.max(milliseconds, 0) / minute);
  const hours = Math.floor(all / 60);
  const minutes = all % 60;
  const parts = [...(hours === 0 ? [] : [hourText(hours)]), ...(minutes === 0 ? [] : [minuteText(minutes)])];
  return parts.length === 0 ? less : parts.join(' ');
}

/** Local time of day, with the date when it is not today: `15:32`, `21 Dec, 15:32`. */
export function timeText(time: number, now: number): string {
  const date = new Date(time);
  const clock = date.toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  return isToday(time, now)
    ? clock
    : `${date.toLocaleDateString(undefined, { day: 'numeric', month: 'short' })}, ${clock}`;
}

/** Local time of day to the second, for a time within the next minutes: `14:05:10`. */
export function exactTimeText(time: number): string {
  const second = Math.ceil(time / 1_000) * 1_000; // never before its time
  return new Date(second).toLocaleTimeString(undefined, { timeStyle: 'medium', hourCycle: 'h23' });
}

/** Local date and time to the second with the time zone, for a text that is kept: `28 Nov 2026, 14:05:10 GMT+1`. */
export function zonedTimeText(time: number): string {
  return new Date(time).toLocaleString(undefined, {
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
