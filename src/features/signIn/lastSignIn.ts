import type { Account } from '../../core/model/account';
import type { Memory } from '../../editor/memory';
import { lastServerKey } from '../../editor/signInTraces';

const userKey = (identityServer: string): string => `lastUser ${identityServer}`;

/** Remembers the identity server and the user of the last sign-in, to save typing. */
export class LastSignIn {
  constructor(private readonly memory: Memory) {}

  /** The servers, most recently used first. */
  first(servers: readonly string[]): readonly string[] {
    const last = this.memory.get(lastServerKey);
    return [...servers].sort((one, other) => Number(other === last) - Number(one === last));
  }

  user(identityServer: string | undefined): string | undefined {
    const user = identityServer === undefined ? undefined : this.memory.get(userKey(identityServer));
    return typeof user === 'string' ? user : undefined;
  }

  async remember({ identityServer, user }: Account): Promise<void> {
    await this.memory.update(lastServerKey, identityServer);
    if (user !== undefined) {
      await this.memory.update(userKey(identityServer), user);
    }
  }
}
