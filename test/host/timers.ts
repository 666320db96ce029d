import { pause } from './reltio';

const methods = ['setTimeout', 'setInterval', 'setImmediate'] as const;

/** How many timers of code at this path fire during a time (milliseconds). */
export async function countTimers(path: string, time: number): Promise<number> {
  let fired = 0;
  const real = methods.map((name) => [name, globalThis[name]] as const);
  const limit = Error.stackTraceLimit;
  for (const [name, set] of real) {
    const counted = (callback: (...args: unknown[]) => void, ...rest: unknown[]): unknown => {
      Error.stackTraceLimit = 50;
      const isOurs = new Error().stack?.includes(path) === true;
      Error.stackTraceLimit = limit;
      const run = (...args: unknown[]): void => {
        fired += 1;
        callback(...args);
      };
      return (set as (...args: unknown[]) => unknown)(isOurs ? run : callback, ...rest);
    };
    Object.assign(globalThis, { [name]: counted });
  }
  await pause(time);
  Object.assign(globalThis, Object.fromEntries(real));
  return fired;
}
