import { within, type Clock } from '../base/clock';
import type { Log } from '../base/log';
import { isWithin, momentOf, type Moment } from '../base/moment';
import type { Permission, Permissions } from './permissions';
import type { ProxiedEnvironment } from './proxiedEnvironment';

/** For how long a yes to changes in production is valid (milliseconds). */
export const changesAllowed = 15 * 60_000;
/** For how long a yes is valid (milliseconds). A token that was sent cannot be taken back, so that yes has no end. */
const validity: Readonly<Record<Permission, number>> = { changeProduction: changesAllowed, sendToken: Infinity };
/** How long a request waits for an answer, and how long others are refused without a question after a no (milliseconds). */
const patience = 60_000;

export interface PermissionGateParts {
  /** Asks the user. Resolves when they answer, however late. */
  readonly ask: (permission: Permission, environment: ProxiedEnvironment, method: string) => Promise<boolean>;
  readonly clock: Clock;
  readonly log: Log;
}

/** What the user has said about a permission in an environment, or has yet to say. */
interface Matter {
  allowed?: Moment;
  refused?: Moment;
  /** Resolves with the answer. */
  asking?: Promise<boolean>;
}

/**
 * Remembers what the user has allowed, and asks one question at a time for each environment. No answer in time is a no. The
 * question may still be on the screen then: later requests wait for that one, and a late yes counts from when it is given.
 */
export class PermissionGate implements Permissions {
  private readonly matters = new Map<string, Matter>();

  constructor(private readonly parts: PermissionGateParts) {}

  /**
   * The key was replaced, or the proxy stopped: what was allowed was allowed to tools that had access then. A question that
   * is still on the screen is about them too, so its answer no longer counts.
   */
  forget(): void {
    this.matters.clear();
  }

  async has(permission: Permission, environment: ProxiedEnvironment, method: string): Promise<boolean> {
    const matter = this.matterOf(permission, environment);
    if (isWithin(validity[permission], matter.allowed, this.parts.clock)) {
      return true;
    }
    if (isWithin(patience, matter.refused, this.parts.clock)) {
      return false;
    }
    matter.asking ??= this.ask(matter, permission, environment, method);
    const isAllowed = await within(this.parts.clock, patience, matter.asking, () => {
      matter.refused = momentOf(this.parts.clock);
      return false;
    });
    return isAllowed && matter === this.matterOf(permission, environment);
  }

  private async ask(matter: Matter, ...question: Parameters<PermissionGateParts['ask']>): Promise<boolean> {
    let isAllowed = false;
    try {
      isAllowed = await this.parts.ask(...question);
    } catch {
      this.parts.log.warn('local proxy: not asked'); // for example in a closing window
    }
    delete matter.asking;
    matter[isAllowed ? 'allowed' : 'refused'] = momentOf(this.parts.clock);
    return isAllowed;
  }

  /** An environment that got another address is another one. */
  private matterOf(permission: Permission, { name, url, identityServer }: ProxiedEnvironment): Matter {
    const key = JSON.stringify([permission, name, url, identityServer]);
    const matter = this.matters.get(key) ?? {};
    this.matters.set(key, matter);
    return matter;
  }
}
