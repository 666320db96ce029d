import type { Cancel } from '../../src/core/base/clock';
import { accountId, type Account } from '../../src/core/model/account';
import type { Login } from './logins';
import { FakeHistory } from '../fakes/fakeHistory';
import { CauseCheck, type NamedCauses } from './causeCheck';
import { Dice } from './dice';
import { drawCauses, type InjectedCauses } from './injectedCauses';
import { Machine } from './machine';
import type { Planted } from './planted';
import { onceEach } from './onceEach';
import { Process } from './process';
import { drawScenario, withMoreLogins, type Scenario } from './scenario';
import { Scheduler, simulationStart } from './scheduler';
import { Server } from './server';
import { SimulatedCore } from './simulatedCore';
import { SecretStorage } from './storage';
import { StoredDocuments } from './storedDocuments';
import { RuleChecker } from './ruleChecker';
import { Outages } from './outages';

const minute = 60_000;
const hour = 60 * minute;

export interface Outcome {
  readonly seed: number;
  readonly violation: string | undefined;
  /** How long the run lasted, up to a violation if there was one (simulated milliseconds). */
  readonly duration: number;
  readonly steps: number;
  readonly counts: RuleChecker['counts'] & {
    crashes: number;
    suspensions: number;
    sleeps: number;
    clockChanges: number;
  };
  readonly scenario: Scenario;
  /** The last events, if a rule was broken. */
  readonly events: readonly string[];
  /** Set if the seed ran to measure it. */
  readonly causes?: NamedCauses;
}

/** Hours or weeks of one developer's computer, in simulated time. */
export class Simulation {
  private readonly scheduler = new Scheduler();
  private readonly machine = new Machine(this.scheduler);
  private readonly server: Server;
  private readonly outages: Outages;
  private readonly rules: RuleChecker;
  private readonly storage: SecretStorage;
  private readonly documents = new StoredDocuments();
  private readonly history = new FakeHistory(
    () => this.machine.wall() - this.scheduler.now,
    () => this.machine.wall(),
  );
  private readonly causes: CauseCheck | undefined;
  private readonly idOf = onceEach<Account, string>(accountId);
  private cores: SimulatedCore[] = [];
  private started = 0;
  private readonly troubleCounts = { crashes: 0, suspensions: 0, sleeps: 0, clockChanges: 0 };

  constructor(
    private readonly dice: Dice,
    private readonly scenario: Scenario,
    private readonly planted?: Planted,
    private readonly stopsAtViolation = true,
    private readonly injected?: InjectedCauses,
  ) {
    const serverClock = (): number => this.scheduler.now + scenario.serverClockOffset;
    this.server = new Server(serverClock, scenario);
    this.outages = new Outages(dice, scenario.faultRate);
    this.rules = new RuleChecker(this.scheduler, this.server, scenario.keepAlive);
    const days = (scenario.policy.refreshTokenLifetime ?? 28 * 86_400) / 86_400;
    if (injected !== undefined) {
      this.causes = new CauseCheck(this.server, this.history, this.scheduler, this.machine.wall, days);
    }
    const { documents } = this;
    this.storage = new SecretStorage({
      stored: (by, key, value) => {
        if (key === 'sessions') {
          const document = documents.read(value)!;
          this.rules.stored(by, document);
          this.causes?.stored(document);
        }
      },
      written: (key, before, after) => {
        if (key === 'sessions') {
          this.rules.written(documents.read(before), documents.read(after)!);
        }
      },
    });
  }

  async run(): Promise<Outcome> {
    for (let number = 0; number < this.scenario.windows; number += 1) {
      this.startCore();
    }
    this.server.logins.forEach((login) => {
      this.scheduleUser(login);
    });
    this.scheduleTroubles();
    const end = simulationStart + this.scenario.days * 24 * hour;
    await this.scheduler.run(
      end,
      () => this.rules.check(this.storage.durable.get('sessions')) && this.stopsAtViolation,
    );
    return {
      seed: this.dice.seed,
      violation: this.rules.violation,
      duration: this.scheduler.now - simulationStart,
      steps: this.scheduler.steps,
      counts: { ...this.rules.counts, ...this.troubleCounts },
      scenario: this.scenario,
      events: this.rules.violation === undefined ? [] : this.rules.events.lines,
      ...(this.causes === undefined ? {} : { causes: this.causes.named }),
    };
  }

  private startCore(): void {
    this.started += 1;
    const process = new Process(`window ${this.started}`, this.machine, this.dice, this.scenario, () => {
      this.troubleCounts.crashes += 1;
      this.rules.events.add(`${process.name} crashes`);
      this.cores = this.cores.filter((other) => other.process !== process);
      this.scheduler.after(this.dice.about(2 * minute), () => {
        this.startCore();
      });
    });
    const { server, storage, outages, rules, scenario, history, planted } = this;
    const core = new SimulatedCore(process, server, storage, outages, rules, scenario, history, planted, this.causes);
    this.documents.shareWith(core.store);
    this.cores.push(core);
    this.scheduleConsumers(core);
  }

  /** The core may only throw a `Failure`, and its callers here expect those. */
  private readonly reportUnexpected = (error: unknown): void => {
    this.rules.report(`an unexpected error: ${String(error)}`);
  };

  /** Other extensions ask from time to time, one or several at once. */
  private scheduleConsumers(core: SimulatedCore): void {
    const { dice, scenario } = this;
    core.process.clock.after(dice.about(scenario.callEvery), () => {
      void this.ask(core).catch(this.reportUnexpected);
      this.scheduleConsumers(core);
    });
  }

  private async ask(core: SimulatedCore): Promise<void> {
    const { dice } = this;
    const sessions = await core.sessions.list();
    if (sessions.length === 0) {
      return;
    }
    const session = dice.pick(sessions);
    if (dice.chance(this.scenario.manualRefreshes)) {
      await core.refreshNow(session);
      return;
    }
    if (dice.chance(0.05)) {
      core.resetBackOff();
      this.rules.failuresForgotten(core.process);
    }
    await Promise.all(Array.from({ length: dice.whole(1, 4) }, () => core.fresh(session)));
  }

  /** A user looks at the window from time to time, and signs in if there is no working session. */
  private scheduleUser(login: Login): void {
    this.scheduler.after(this.dice.about(5 * minute), () => {
      void this.actAs(login)
        .catch(this.reportUnexpected)
        .finally(() => {
          this.scheduleUser(login);
        });
    });
  }

  private async actAs(login: Login): Promise<void> {
    const { dice } = this;
    const core = this.cores.length === 0 ? undefined : dice.pick(this.cores);
    if (core === undefined || core.process.isSuspended) {
      return;
    }
    let cancel: Cancel = () => undefined;
    const timeout = new Promise<void>((resolve) => {
      cancel = this.scheduler.after(60_000, resolve);
    });
    await Promise.race([this.signInOrOut(core, login), timeout]).finally(cancel);
  }

  private async signInOrOut(core: SimulatedCore, login: Login): Promise<void> {
    const { dice, scenario } = this;
    const session = (await core.sessions.list()).find(({ account }) => this.idOf(account) === this.idOf(login.account));
    const isStuck = session?.state === 'clientRejected' || session?.state === 'rejected';
    if (session === undefined || core.needsSignIn(session) || (this.causes !== undefined && isStuck)) {
      await this.causes?.looked(login, session);
      this.rules.signsIn(login);
      await core.signIn(login);
    } else if (dice.chance(scenario.signOuts / 24)) {
      await (login.kind === 'password' ? core.renew(login, session) : core.signIn(login));
    } else if (dice.chance(scenario.signOuts / 12)) {
      this.rules.signsOut(login);
      await core.signOut(session, dice.pick(['here', 'atReltioToo']));
    }
  }

  private scheduleTroubles(): void {
    const { dice, scenario } = this;
    this.repeatedly(scenario.outages, () => {
      this.outages.begin();
      this.scheduler.after(dice.about(4 * minute), () => {
        this.outages.end();
      });
    });
    this.repeatedly(scenario.crashes, () => {
      if (dice.chance(0.1)) {
        [...this.cores].forEach(({ process }) => {
          process.crash(); // all of VS Code at once
        });
      } else if (this.cores.length > 0) {
        dice.pick(this.cores).process.crash();
      }
    });
    this.repeatedly(scenario.suspensions, () => {
      if (this.cores.length > 0) {
        this.troubleCounts.suspensions += 1;
        const { process } = dice.pick(this.cores);
        const length = dice.pick([500, 3_500, 4_500, 10_000, 60_000]);
        this.rules.events.add(`${process.name} is suspended for ${length} ms`);
        process.suspend(length);
      }
    });
    this.repeatedly(scenario.sleeps, () => {
      this.troubleCounts.sleeps += 1;
      const length = dice.about(2 * hour);
      this.cores.forEach(({ process }) => {
        process.suspend(length);
      });
    });
    this.repeatedly(scenario.clockChanges, () => {
      this.troubleCounts.clockChanges += 1;
      const by = dice.pick([-1, 1]) * dice.between(30_000, 3 * hour);
      this.rules.events.add(`the clock is set by ${by} ms`);
      this.machine.setClock(by);
    });
    this.repeatedly(scenario.earlyExpiries, () => {
      const login = dice.pick(this.server.logins);
      if (dice.chance(0.8)) {
        this.server.expireAccessEarly(login);
      } else {
        this.server.invalidateRefresh(login);
      }
    });
    this.scheduleCauses();
    this.repeatedly(scenario.otherTools, () => {
      this.server.tokenOfAnotherTool(dice.pick(this.server.logins));
    });
  }

  private scheduleCauses(): void {
    const { server, injected, dice } = this;
    if (injected === undefined) {
      return;
    }
    this.repeatedly(injected.revocations, () => {
      server.revokeElsewhere(dice.pick(server.logins));
    });
    this.repeatedly(injected.usesElsewhere, () => {
      server.useElsewhere(dice.pick(server.logins));
    });
    this.repeatedly(injected.clientChanges, () => {
      server.changeClient(dice.pick(server.logins));
    });
    this.repeatedly(injected.keyringLosses, () => {
      const document = this.documents.read(this.storage.durable.get('sessions'));
      this.causes?.signedOut(document?.sessions.map(({ id }) => id) ?? [], 'keyring');
      this.storage.lose('sessions');
      [...this.cores].forEach(({ process }) => {
        process.crash();
      });
    });
    if (injected.idleTimeout > 0) {
      this.repeatedly((20 * hour) / injected.idleTimeout, () => {
        server.endIdle(injected.idleTimeout);
      });
    }
  }

  private repeatedly(perHour: number, happen: () => void): void {
    if (perHour > 0) {
      this.scheduler.after(this.dice.about(hour / perHour), () => {
        happen();
        this.repeatedly(perHour, happen);
      });
    }
  }
}

/** Runs one seed. */
export function simulate(seed: number, planted?: Planted): Promise<Outcome> {
  const dice = new Dice(seed);
  return new Simulation(dice, withMoreLogins(drawScenario(dice), seed), planted).run();
}

/** Runs one seed in which sessions end for known causes, and compares them with those that the history names. */
export async function simulateCauses(seed: number): Promise<Outcome> {
  const dice = new Dice(seed);
  const scenario = withMoreLogins(drawScenario(dice), seed);
  const injected = drawCauses(new Dice(seed ^ 0x3c6ef372), scenario);
  return await new Simulation(dice, scenario, undefined, false, injected).run();
}

/** Runs one seed as a stress test, which shows a planted mistake sooner. */
export function simulateStress(seed: number, planted?: Planted, chosen: Partial<Scenario> = {}): Promise<Outcome> {
  const dice = new Dice(seed);
  return new Simulation(dice, { ...drawScenario(dice, true), ...chosen }, planted).run();
}
