/** Long enough for a slow machine with much else to do (milliseconds). */
export const DEFAULT_TIMEOUT = 60_000;

/**
 * Calls `probe` until it has an answer. A timeout reports what was expected and what there was instead: `seen`, which is
 * called only then, describes the current state.
 */
export async function until<T>(
  what: string,
  probe: () => Promise<T | undefined | false>,
  seen: () => Promise<unknown> = async () => undefined,
  timeout = DEFAULT_TIMEOUT,
): Promise<T> {
  const end = Date.now() + timeout;
  for (let pause = 10; ; pause = Math.min(pause + 5, 50)) {
    const answer = await probe();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > end) {
      const instead = await seen().catch((error: unknown) => String(error));
      const shown = instead === undefined ? '' : `; there was ${JSON.stringify(instead)}`;
      throw new Error(`Waited ${timeout / 1000} s for ${what}${shown}`);
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

/** A text that must be equal, or a pattern that must match. */
export type Text = string | RegExp;

export function fits(text: string, wanted: Text): boolean {
  return typeof wanted === 'string' ? text === wanted : wanted.test(text);
}
