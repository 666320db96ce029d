const minute = 60_000;

/** A span in words that never promise more than there is: `42 min`, `2 h 5 min`, `less than 1 min`. */
export function spanText(milliseconds: number): string {
  const minutes = Math.floor(Math.max(milliseconds, 0) / minute);
  if (minutes < 1) {
    return 'less than 1 min';
  }
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  return hours === 0 ? `${minutes} min` : rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}

/** Local time of day, with the date when it is not today: `15:32`, `21 Dec, 15:32`. */
export function timeText(time: number, now: number): string {
  const date = new Date(time);
  const clock = date.toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const isToday = date.toDateString() === new Date(now).toDateString();
  return isToday ? clock : `${date.toLocaleDateString(undefined, { day: 'numeric', month: 'short' })}, ${clock}`;
}
