import { timeText } from './timeText';

/** A moment inside a sentence: `at 15:32` today, `on 21 Dec, 15:32` otherwise. */
export function whenText(time: number, now: number): string {
  const isToday = new Date(time).toDateString() === new Date(now).toDateString();
  return `${isToday ? 'at' : 'on'} ${timeText(time, now)}`;
}
