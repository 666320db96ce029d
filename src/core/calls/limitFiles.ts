import { createHash } from 'node:crypto';
import type { CallFolder } from './callFolder';
import { longestRetryAfter } from './serverWait';

/*
 * The files in which all windows of the machine count their calls: each permit and each wait is an empty file,
 * `<kind>-<hash>.<milliseconds since 1970>`.
 */

/** A file is removed this long after its time, or before it because the clock was set back (milliseconds). */
export const keptFor = 60_000;
const furthest = longestRetryAfter + keptFor;
/** The most old files that are removed at a time: thousands of them must not delay a call. */
const removedAtOnce = 100;
/** A time this far ahead shows that the clock was set back (milliseconds). */
const clockTolerance = 1_000;

/** Hashed, so that a name reveals no session or server, and contains only characters that every file system accepts. */
export function nameOf(kind: string, about: string): string {
  return `${kind}-${createHash('sha256').update(about).digest('hex').slice(0, 16)}`;
}

/** @returns 0 where the permit was taken, else the milliseconds until it can be */
export async function takePermit(folder: CallFolder, name: string, period: number, now: number): Promise<number> {
  const start = Math.floor(now / period) * period;
  for (const slot of [start, start - period]) {
    const wait = remaining(await folder.touchedAt(`${name}.${slot}`), period, now);
    if (wait > 0) {
      return wait;
    }
  }
  return (await folder.create(`${name}.${start}`, '', now)) ? 0 : start + period - now;
}

/** What remains of a period that started at `takenAt`; 0 if the clock was set back by more than the period. */
export function remaining(takenAt: number | undefined, period: number, now: number): number {
  const age = takenAt === undefined ? period : now - takenAt;
  return Math.abs(age) < period ? Math.min(period - age, period) : 0;
}

/**
 * When the waits that other windows have recorded end. A wait that was recorded before the clock was set back is
 * removed.
 */
export async function waitsIn(
  folder: CallFolder,
  names: readonly string[],
  name: string,
  now: number,
): Promise<readonly number[]> {
  const times: number[] = [];
  for (const file of names.filter((one) => one.startsWith(`${name}.`))) {
    const until = timeIn(file) ?? 0;
    if (until > now && isFromFuture((await folder.touchedAt(file)) ?? 0, now)) {
      await folder.remove(file);
    } else {
      times.push(until);
    }
  }
  return times;
}

/** Whether the clock was set back since a record was made, so that the record means nothing now. */
export function isFromFuture(notedAt: number, now: number): boolean {
  return notedAt - now > clockTolerance;
}

/** Removes files whose time has passed, or is too far in the future to be right. */
export async function removeOld(folder: CallFolder, names: readonly string[], now: number): Promise<void> {
  const isOld = (name: string): boolean => {
    const time = timeIn(name);
    return time !== undefined && (time < now - keptFor || time > now + furthest);
  };
  await Promise.all(
    names
      .filter(isOld)
      .slice(0, removedAtOnce)
      .map((name) => folder.remove(name)),
  );
}

/** Undefined for a file that is not ours: such a file is kept. */
function timeIn(name: string): number | undefined {
  const time = /^[a-z]+-[\da-f]{16}\.(\d{1,15})$/.exec(name)?.[1];
  return time === undefined ? undefined : Number(time);
}
