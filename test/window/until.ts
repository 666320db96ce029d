/** How long a person would wait on a slow machine before calling it broken. */
export const PATIENCE = 30_000;

/**
 * Asks again and again until the answer is there. A time-out says what was waited for and what was there instead.
 * `seen` describes the present state; it is asked only when time is up.
 */
export async function until<T>(
  what: string,
  probe: () => Promise<T | undefined | false>,
  seen: () => Promise<unknown> = async () => undefined,
  patience = PATIENCE,
): Promise<T> {
  const end = Date.now() + patience;
  for (;;) {
    const answer = await probe();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > end) {
      const instead = await seen().catch((error: unknown) => String(error));
      const shown = instead === undefined ? '' : `; there was ${JSON.stringify(instead)}`;
      throw new Error(`Waited ${patience / 1000} s for ${what}${shown}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** A text that must be equal, or a pattern that must be found. */
export type Text = string | RegExp;

export function fits(text: string, wanted: Text): boolean {
  return typeof wanted === 'string' ? text === wanted : wanted.test(text);
}
