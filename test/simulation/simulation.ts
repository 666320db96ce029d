import { parseJsonObject } from '../../src/core/base/json';
import { parseSessionDocument, type SessionDocument } from '../../src/core/storage/sessionDocument';
import type { User } from '../identity/users';
import { Dice } from './dice';
import { Machine } from './machine';
import type { Planted } from './planted';
import { Process } from './process';
import { drawScenario, type Scenario } from './scenario';
import { Scheduler, simulationStart } from './scheduler';
import { Server } from './server';
import { SimWindow } from './simWindow';
import { SecretStorage } from './storage';
import { Watch } from './watch';
import { Outages } from './outages';

const minute = 60_000;
const hour = 60 * minute;

export interface Outcome {
  readonly seed: number;
  readonly violation: string | undefined;
  /** Virtual milliseconds until the end, or until the violation. */
  readonly lasted: number;
  readonly steps: number;
  readonly counts: Watch['counts'] & { deaths: number; stops: number; sleeps: number; jumps: number };
  readonly scenario: Scenario;
  /** What happened last, where a rule was broken. */
  readonly story: readonly string[];
}

/** Days or weeks of one developer's computer, in virtual time. */
export class Simulation {
  private readonly scheduler = new Scheduler();
  private readonly machine = new Machine(this.scheduler);
  private readonly server: Server;
  private readonly weather: Outages;
  private readonly watch: Watch;
  private readonly storage: SecretStorage;
  private windows: SimWindow[] = [];
  private started = 0;
  private readonly troubles = { deaths: 0, stops: 0, sleeps: 0, jumps: 0 };

  constructor(
    private readonly dice: Dice,
    private readonly scenario: Scenario,
    private readonly planted?: Planted,
    private readonly stopsAtViolation = true,
  ) {
    this.server = new Server(() => this.scheduler.now + scenario.serverClock, scenario.policy, scenario.users);
    this.weather = new Outages(dice, scenario.faultRate);
    this.watch = new Watch(this.scheduler, this.server);
    this.storage = new SecretStorage({
      storing: (by, key, value) => {
        if (key === 'sessions') {
          this.watch.storing(by, read(value)!);
        }
      },
      written: (key, before, after) => {
        if (key === 'sessions') {
          this.watch.written(read(before), read(after)!);
        }
      },
    });
  }

  async run(): Promise<Outcome> {
    for (let number = 0; number < this.scenario.windows; number += 1) {
      this.openWindow();
    }
    this.server.users.forEach((user) => {
      this.person(user);
    });
    this.schedule();
    const end = simulationStart + this.scenario.days * 24 * hour;
    await this.scheduler.run(
      end,
      () => this.watch.check(this.storage.durable.get('sessions')) && this.stopsAtViolation,
    );
    return {
      seed: this.dice.seed,
      violation: this.watch.violation,
      lasted: this.scheduler.now - simulationStart,
      steps: this.scheduler.steps,
      counts: { ...this.watch.counts, ...this.troubles },
      scenario: this.scenario,
      story: this.watch.violation === undefined ? [] : this.watch.story,
    };
  }

  private openWindow(): void {
    this.started += 1;
    const process = new Process(`window ${this.started}`, this.machine, this.dice, this.scenario, () => {
      this.troubles.deaths += 1;
      this.watch.tell(`${process.name} dies`);
      this.windows = this.windows.filter((other) => other.process !== process);
      this.scheduler.after(this.dice.about(2 * minute), () => {
        this.openWindow();
      });
    });
    const { server, storage, weather, watch, planted } = this;
    const window = new SimWindow(process, server, storage, weather, watch, planted);
    this.windows.push(window);
    this.consumers(window);
  }

  /** What the core throws must be a failure that somebody can be told of, and those are expected where they come. */
  private readonly surprised = (error: unknown): void => {
    this.watch.broken(`nobody expected ${String(error)}`);
  };

  /** Other extensions ask now and then, one or several at once. */
  private consumers(window: SimWindow): void {
    const { dice, scenario } = this;
    window.process.clock.after(dice.about(scenario.callEvery), () => {
      void this.ask(window).catch(this.surprised);
      this.consumers(window);
    });
  }

  private async ask(window: SimWindow): Promise<void> {
    const { dice } = this;
    const sessions = await window.sessions.list();
    if (sessions.length === 0) {
      return;
    }
    const session = dice.pick(sessions);
    if (dice.chance(this.scenario.byHand)) {
      await window.refreshNow(session);
      return;
    }
    if (dice.chance(0.05)) {
      window.memory.forgiveAll(); // the window got the focus
      this.watch.patience.forget(window.process);
    }
    await Promise.all(Array.from({ length: dice.whole(1, 4) }, () => window.fresh(session)));
  }

  /** Looks now and then, and signs in where there is no session that works. */
  private person(user: User): void {
    this.scheduler.after(this.dice.about(5 * minute), () => {
      void this.look(user)
        .catch(this.surprised)
        .finally(() => {
          this.person(user);
        });
    });
  }

  private async look(user: User): Promise<void> {
    const { dice } = this;
    const window = this.windows.length === 0 ? undefined : dice.pick(this.windows);
    if (window === undefined || window.process.isStopped) {
      return;
    }
    const gone = new Promise<void>((resolve) => this.scheduler.after(60_000, resolve));
    await Promise.race([this.use(window, user), gone]);
  }

  private async use(window: SimWindow, user: User): Promise<void> {
    const { dice, scenario } = this;
    const session = (await window.sessions.list()).find(({ account }) => account.user === user.name);
    if (session === undefined || session.state === 'signInAgain') {
      this.watch.signsIn(user.name);
      await window.signIn(user);
    } else if (dice.chance(scenario.signOuts / 24)) {
      await window.renew(user, session);
    } else if (dice.chance(scenario.signOuts / 12)) {
      this.watch.signsOut(user.name);
      await window.signOut(session, dice.pick(['here', 'atReltioToo']));
    }
  }

  private schedule(): void {
    const { dice, scenario } = this;
    this.everySoOften(scenario.badWeather, () => {
      this.weather.turnBad();
      this.scheduler.after(dice.about(4 * minute), () => {
        this.weather.turnFine();
      });
    });
    this.everySoOften(scenario.deaths, () => {
      if (dice.chance(0.1)) {
        [...this.windows].forEach(({ process }) => {
          process.die(); // VS Code quits
        });
      } else if (this.windows.length > 0) {
        dice.pick(this.windows).process.die();
      }
    });
    this.everySoOften(scenario.stops, () => {
      if (this.windows.length > 0) {
        this.troubles.stops += 1;
        const { process } = dice.pick(this.windows);
        const length = dice.pick([500, 3_500, 4_500, 10_000, 60_000]);
        this.watch.tell(`${process.name} stops for ${length} ms`);
        process.stop(length);
      }
    });
    this.everySoOften(scenario.sleeps, () => {
      this.troubles.sleeps += 1;
      const length = dice.about(2 * hour);
      this.windows.forEach(({ process }) => {
        process.stop(length);
      });
    });
    this.everySoOften(scenario.clockJumps, () => {
      this.troubles.jumps += 1;
      const by = dice.pick([-1, 1]) * dice.between(30_000, 3 * hour);
      this.watch.tell(`the clock is set by ${by} ms`);
      this.machine.setClock(by);
    });
    this.everySoOften(scenario.earlyEnds, () => {
      const user = dice.pick(this.server.users);
      if (dice.chance(0.8)) {
        this.server.endAccessEarly(user);
      } else {
        this.server.identity.tokens.invalidateRefresh(user);
      }
    });
  }

  private everySoOften(perHour: number, happen: () => void): void {
    if (perHour > 0) {
      this.scheduler.after(this.dice.about(hour / perHour), () => {
        happen();
        this.everySoOften(perHour, happen);
      });
    }
  }
}

/** One seed, from beginning to end. */
export function simulate(seed: number, planted?: Planted): Promise<Outcome> {
  const dice = new Dice(seed);
  return new Simulation(dice, drawScenario(dice), planted).run();
}

/** The same for a mistake: storms only, which find it sooner. */
export function simulateStorm(seed: number, planted?: Planted, chosen: Partial<Scenario> = {}): Promise<Outcome> {
  const dice = new Dice(seed);
  return new Simulation(dice, { ...drawScenario(dice, true), ...chosen }, planted).run();
}

function read(text: string | undefined): SessionDocument | undefined {
  const json = text === undefined ? undefined : parseJsonObject(text);
  return json === undefined ? undefined : parseSessionDocument(json);
}
