import { Emitter, type Unsubscribe } from '../core/base/emitter';
import { Failure } from '../core/base/failure';
import type { Log } from '../core/base/log';
import type { Account } from '../core/model/account';
import type { AccountInUse } from './accountInUse';
import type { Memory } from './memory';
import type { Environment } from './settings/environments';
import { environmentsOf } from './settings/environmentsOf';

export const environmentsInUseKey = 'environmentsInUse';
/** One for each identity server and client; more than a user has. */
const maxChoices = 20;

/** What is remembered of a chosen environment: its name, and which accounts it is for. */
interface EnvironmentChoice {
  readonly name: string;
  readonly identityServer: string;
  readonly clientId?: string;
}

export interface EnvironmentInUseParts {
  readonly accountInUse: Pick<AccountInUse, 'session'>;
  readonly readEnvironments: () => Promise<readonly Environment[]>;
  /** Of the workspace. */
  readonly memory: Memory;
  readonly log: Log;
}

/**
 * The environment that this workspace uses with the account in use: the one that was chosen here, or the only one if none
 * was ever chosen. No other environment takes its place, because that one may be production.
 *
 * A choice is remembered for the accounts that the environment is for, so switching between accounts of two identity
 * servers switches between their environments too.
 */
export class EnvironmentInUse {
  readonly onDidChange: (listener: () => void) => Unsubscribe;
  private readonly changed: Emitter<void>;
  private environments: readonly Environment[] = [];
  private reported = '';
  private ask: (choices: readonly Environment[]) => Promise<Environment> = () =>
    Promise.reject(new Failure('cancelled'));

  constructor(private readonly parts: EnvironmentInUseParts) {
    this.changed = new Emitter(() => {
      parts.log.warn('environment in use: a listener failed');
    });
    this.onDidChange = this.changed.on;
  }

  /** @param ask lets the user pick an environment, and rejects when they leave */
  askWith(ask: (choices: readonly Environment[]) => Promise<Environment>): void {
    this.ask = ask;
  }

  /** All environments of the settings, as they were last read. */
  get all(): readonly Environment[] {
    return this.environments;
  }

  /** The environment in use, without asking the user. Undefined until the settings have been read. */
  get current(): Environment | undefined {
    return this.currentFor(this.parts.accountInUse.session?.account);
  }

  async choose({ name, identityServer, clientId }: Environment): Promise<void> {
    const choice = { name, identityServer, ...(clientId === undefined ? {} : { clientId }) };
    const others = this.choices.filter((other) => !isSameChoice(other, choice));
    try {
      await this.parts.memory.update(environmentsInUseKey, [choice, ...others].slice(0, maxChoices));
    } catch {
      this.parts.log.warn('environment in use: not remembered'); // for example in a closing window
    }
    this.check();
  }

  /**
   * The environment for a command: the one in use, or the one that the user picks.
   *
   * @param account the one whose token will be used there; by default the one in use
   * @throws {Failure} `noEnvironment` if no environment is for this account, `cancelled` when the user leaves the list
   * @throws {Error} if the settings cannot be read
   */
  async environmentFor(account = this.parts.accountInUse.session?.account): Promise<Environment> {
    this.environments = await this.parts.readEnvironments();
    this.check();
    const fitting = this.fitting(account);
    if (fitting.length === 0) {
      throw new Failure('noEnvironment');
    }
    const environment = this.currentFor(account) ?? (await this.ask(fitting));
    await this.choose(environment); // an environment that is added later does not replace it
    return environment;
  }

  /**
   * Whether a token of this account may be meant for production: the environment in use is production, or none is chosen
   * and one that fits is.
   *
   * @throws {Error} if the settings cannot be read: then the answer is unknown
   */
  async mayBeProduction(account: Account): Promise<boolean> {
    this.environments = await this.parts.readEnvironments();
    return this.currentFor(account)?.production ?? this.fitting(account).some(({ production }) => production);
  }

  /**
   * The environment in use with this account, without asking the user.
   *
   * @throws {Error} if the settings cannot be read
   */
  async inUseWith(account: Account): Promise<Environment | undefined> {
    this.environments = await this.parts.readEnvironments();
    return this.currentFor(account);
  }

  /** Reads the settings again. */
  async update(): Promise<void> {
    try {
      this.environments = await this.parts.readEnvironments();
    } catch {
      this.parts.log.warn('environment in use: settings not read');
    }
    this.check();
  }

  /** Reports whether the environment in use or the list has changed. Call this when the account in use may have changed. */
  check(): void {
    const state = JSON.stringify([this.current, this.environments]);
    if (state !== this.reported) {
      this.reported = state;
      this.changed.emit();
    }
  }

  private currentFor(account: Account | undefined): Environment | undefined {
    const fitting = this.fitting(account);
    const [chosen] = account === undefined ? this.choices : environmentsOf(account, this.choices);
    if (chosen === undefined) {
      return fitting.length === 1 ? fitting[0] : undefined;
    }
    return fitting.find(({ name }) => name === chosen.name);
  }

  private fitting(account: Account | undefined): readonly Environment[] {
    return account === undefined ? this.environments : environmentsOf(account, this.environments);
  }

  /** The latest choice first. The value may be anything: another version of this extension may have written it. */
  private get choices(): readonly EnvironmentChoice[] {
    const stored = this.parts.memory.get(environmentsInUseKey);
    return Array.isArray(stored) ? stored.filter(isChoice) : [];
  }
}

function isChoice(value: unknown): value is EnvironmentChoice {
  const { name, identityServer, clientId } = (value ?? {}) as Readonly<Record<string, unknown>>;
  return (
    typeof name === 'string' &&
    typeof identityServer === 'string' &&
    (clientId === undefined || typeof clientId === 'string')
  );
}

/** Whether the newer choice replaces the older one: it is for the same accounts. */
function isSameChoice(older: EnvironmentChoice, newer: EnvironmentChoice): boolean {
  return older.identityServer === newer.identityServer && older.clientId === newer.clientId;
}
