import type { Policy } from './policy';
import type { User } from './users';

/** What is counted. Each kind has its own counter, and either can lock the account. */
export type Attempt = 'password' | 'code';

/** Counts consecutive wrong passwords and wrong codes per user. A locked account stays locked until `unlock`. */
export class Lockout {
  private readonly failures: Record<Attempt, Map<string, number>> = { password: new Map(), code: new Map() };
  private readonly locked = new Set<string>();

  constructor(private readonly policy: Policy) {}

  isLocked(user: User): boolean {
    return this.locked.has(user.name);
  }

  failed(user: User, attempt: Attempt): void {
    const count = (this.failures[attempt].get(user.name) ?? 0) + 1;
    this.failures[attempt].set(user.name, count);
    if (count >= this.policy.lockAfter) {
      this.locked.add(user.name);
    }
  }

  succeeded(user: User, attempt: Attempt): void {
    this.failures[attempt].delete(user.name);
  }

  unlock(user: User): void {
    this.locked.delete(user.name);
    this.succeeded(user, 'password');
    this.succeeded(user, 'code');
  }
}
