import type { Session } from '../../core/model/session';
import type { Memory } from '../../editor/memory';
import { lastServerKey } from '../../editor/signInTraces';

const userKey = (identityServer: string): string => `lastUser ${identityServer}`;
const tenantKey = (identityServer: string): string => `lastTenant ${identityServer}`;
const methodKey = (identityServer: string): string => `lastMethod ${identityServer}`;

/** Remembers the identity server of the last sign-in, and the last user, method and tenant at each, to save typing. */
export class LastSignIn {
  constructor(private readonly memory: Memory) {}

  /** The servers, most recently used first. */
  first(servers: readonly string[]): readonly string[] {
    const last = this.memory.get(lastServerKey);
    return [...servers].sort((one, other) => Number(other === last) - Number(one === last));
  }

  user(identityServer: string | undefined): string | undefined {
    return identityServer === undefined ? undefined : this.text(userKey(identityServer));
  }

  /** The kind of the method. */
  method(identityServer: string | undefined): string | undefined {
    return identityServer === undefined ? undefined : this.text(methodKey(identityServer));
  }

  /** The tenant of the last sign-in in the browser. */
  tenant(identityServer: string | undefined): string | undefined {
    return identityServer === undefined ? undefined : this.text(tenantKey(identityServer));
  }

  async remember({ account: { identityServer, user }, method }: Pick<Session, 'account' | 'method'>): Promise<void> {
    await this.memory.update(lastServerKey, identityServer);
    await this.memory.update(methodKey(identityServer), method.kind);
    if (user !== undefined) {
      await this.memory.update(userKey(identityServer), user);
    }
    const { tenant } = method;
    if (typeof tenant === 'string') {
      await this.memory.update(tenantKey(identityServer), tenant);
    }
  }

  private text(key: string): string | undefined {
    const value = this.memory.get(key);
    return typeof value === 'string' ? value : undefined;
  }
}
