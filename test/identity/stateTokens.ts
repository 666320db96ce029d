import { randomUUID } from 'node:crypto';
import type { Client } from './clients';
import type { Clock } from './clock';
import { acceptsCode, randomCode, sameText } from './oneTimeCode';
import type { Policy } from './policy';
import type { User } from './users';

/** A password was right and a one-time code is needed. `expiresAt` is in milliseconds. */
export interface Challenge {
  readonly token: string;
  readonly user: User;
  readonly client: Client;
  readonly expiresAt: number;
  /** The code that was mailed; undefined for an authenticator. */
  readonly mailed: string | undefined;
}

/** The open challenges. A wrong code leaves a challenge open; its expiry or the right code closes it. */
export class StateTokens {
  private readonly open = new Map<string, Challenge>();

  constructor(
    private readonly clock: Clock,
    private readonly policy: Policy,
  ) {}

  start(user: User, client: Client): Challenge {
    const challenge: Challenge = {
      token: randomUUID(),
      user,
      client,
      expiresAt: this.clock() + this.policy.stateTokenLifetime * 1000,
      mailed: user.mfa === 'EMAIL' ? randomCode(this.policy.mailedCodeDigits) : undefined,
    };
    this.open.set(challenge.token, challenge);
    return challenge;
  }

  find(token: string, client: Client): Challenge | undefined {
    const challenge = this.open.get(token);
    return challenge?.client === client && challenge.expiresAt > this.clock() ? challenge : undefined;
  }

  /** Whether the code is right. The same code may be used twice within its 30 s, because tests sign in faster than users. */
  accepts(challenge: Challenge, code: string): boolean {
    return challenge.mailed === undefined
      ? acceptsCode(challenge.user.secret, code, this.clock())
      : sameText(challenge.mailed, code);
  }

  close(challenge: Challenge): void {
    this.open.delete(challenge.token);
  }
}
