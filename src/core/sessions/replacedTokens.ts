import type { Changes } from '../model/changes';
import type { Clock } from '../base/clock';

interface Replaced {
  readonly refreshToken: string;
  /** When this window learned of it, milliseconds since 1970. */
  readonly at: number;
}

/** For each session, the refresh token that the last refresh replaced, in this window or another. */
export class ReplacedTokens {
  private readonly last = new Map<string, Replaced>();

  constructor(private readonly clock: Clock) {}

  record({ changed, removed }: Changes): void {
    for (const { before, after } of changed) {
      const { refreshToken } = before.tokens;
      if (refreshToken !== undefined && after.tokens.refreshToken !== refreshToken) {
        this.last.set(after.id, { refreshToken, at: this.clock.now() });
      }
    }
    removed.forEach(({ id }) => this.last.delete(id));
  }

  /** Whether this refresh token was replaced at or after `since`. */
  isReplaced(sessionId: string, refreshToken: string | undefined, since: number): boolean {
    const replaced = this.last.get(sessionId);
    return replaced !== undefined && replaced.refreshToken === refreshToken && replaced.at >= since;
  }
}
