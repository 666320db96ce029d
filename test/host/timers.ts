import { pause } from './reltio';

const methods = ['setTimeout', 'setInterval', 'setImmediate'] as const;

/**
 * The timers of code at this path that fire during a time.
 *
 * @param time milliseconds
 * @returns for each, how long it was and where it was set
 */
export async function countTimers(path: string, time: number): Promise<readonly string[]> {
  const fired: string[] = [];
  const real = methods.map((name) => [name, globalThis[name]] as const);
  const limit = Error.stackTraceLimit;
  for (const [name, set] of real) {
    const counted = (callback: (...args: unknown[]) => void, ...rest: unknown[]): unknown => {
      Error.stackTraceLimit = 50;
      const from = new Error().stack?.split('\n').filter((line) => line.includes(path));
      Error.stackTraceLimit = limit;
      const run = (...args: unknown[]): void => {
        fired.push(
          `${String(rest[0])} ms ${(from ?? []).map((line) => line.slice(line.lastIndexOf('/') + 1)).join(' ')}`,
        );
        callback(...args);
      };
      return (set as (...args: unknown[]) => unknown)(from !== undefined && from.length > 0 ? run : callback, ...rest);
    };
    Object.assign(globalThis, { [name]: counted });
  }
  await pause(time);
  Object.assign(globalThis, Object.fromEntries(real));
  return fired;
}
