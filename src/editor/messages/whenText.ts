import { timeText } from './timeText';

/**
 * A time within a sentence: `at 15:32` today, `on 21 Dec, 15:32` otherwise.
 *
 * @param about the word before an estimated time
 */
export function whenText(time: number, now: number, about: 'about ' | '' = ''): string {
  const isToday = new Date(time).toDateString() === new Date(now).toDateString();
  return `${isToday ? 'at' : 'on'} ${about}${timeText(time, now)}`;
}
