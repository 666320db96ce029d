import type { Draft } from './draft';

/** From this failure on the person is warned; Reltio's default policy locks an account after five (facts 10.1, 10.8). */
const warnFrom = 3;

/** Failures in a row in this window, for each user: passwords and codes have their own count, as at Reltio. */
export class FailedTries {
  private readonly counts = new Map<string, number>();

  /** Counts one more and returns what to add to its message. */
  count(draft: Draft, what: 'password' | 'code'): string {
    const key = keyOf(draft, what);
    const count = (this.counts.get(key) ?? 0) + 1;
    this.counts.set(key, count);
    return count >= warnFrom ? ` Careful: ${count} wrong in a row; accounts lock after five.` : '';
  }

  forget(draft: Draft, what: 'password' | 'code'): void {
    this.counts.delete(keyOf(draft, what));
  }
}

function keyOf({ identityServer = '', user = '' }: Draft, what: 'password' | 'code'): string {
  return `${what} ${identityServer} ${user.toLowerCase()}`;
}
