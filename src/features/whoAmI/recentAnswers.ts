import type { Clock } from '../../core/base/clock';

/** For this long an answer is shown again instead of asked again (milliseconds). */
const keptFor = 10_000;

interface Recent {
  readonly askedAt: number;
  readonly answer: Promise<string>;
}

/**
 * Answers that were asked for just now. Any program can run a command as often as it likes, and Reltio counts the calls of
 * its API.
 */
export class RecentAnswers {
  private readonly recent = new Map<string, Recent>();

  constructor(private readonly clock: Clock) {}

  /** @param ask is called if there is no recent answer, and none on its way; a failure is not kept */
  async get(about: string, ask: () => Promise<string>): Promise<string> {
    const now = this.clock.steady();
    const known = this.recent.get(about);
    if (known !== undefined && now - known.askedAt < keptFor) {
      return await known.answer;
    }
    const answer = ask();
    const asked = { askedAt: now, answer };
    this.recent.set(about, asked);
    answer.catch(() => {
      if (this.recent.get(about) === asked) {
        this.recent.delete(about);
      }
    });
    return await answer;
  }
}
