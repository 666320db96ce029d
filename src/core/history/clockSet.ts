import type { HistoryEntry } from './entry';

/** A smaller difference is a normal correction of the clock (milliseconds). */
const tolerance = 60_000;

/**
 * By how much the clock was set forward between two entries, below 0 if it was set back (milliseconds). 0 if that is
 * not known, because the machine was started in between.
 */
export function clockSetBetween(
  earlier: Pick<HistoryEntry, 'at' | 'bootedAt'> | undefined,
  later: Pick<HistoryEntry, 'bootedAt'> | undefined,
): number {
  if (earlier?.bootedAt === undefined || later?.bootedAt === undefined || later.bootedAt > earlier.at) {
    return 0;
  }
  const by = later.bootedAt - earlier.bootedAt;
  return Math.abs(by) > tolerance ? by : 0;
}
