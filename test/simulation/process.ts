import type { Cancel, Clock } from '../../src/core/base/clock';
import type { Dice } from './dice';
import type { Machine } from './machine';

/**
 * The extension host of one window: what it waits for comes when it is neither dead nor stopped. It may die or
 * be stopped at any point where the real code waits for something.
 */
export class Process {
  alive = true;
  /** True time at which it last was stopped or asleep. */
  lastStoppedAt = -Infinity;
  readonly startedAt: number;
  /** Writes that VS Code's window had not passed on yet when it died with the extension host. */
  losesWrites = false;
  private stopped = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(
    readonly name: string,
    readonly machine: Machine,
    readonly dice: Dice,
    private readonly rates: { readonly deathRate: number; readonly stopRate: number },
    private readonly onDeath: () => void,
  ) {
    this.startedAt = machine.scheduler.now;
  }

  readonly clock: Clock = {
    now: () => this.machine.wall(),
    steady: () => this.machine.scheduler.now,
    after: (milliseconds: number, callback: () => void): Cancel => {
      let isCancelled = false;
      const cancel = this.machine.scheduler.after(milliseconds, () => {
        this.deliver(() => {
          if (!isCancelled) {
            callback();
          }
        });
      });
      return () => {
        isCancelled = true;
        cancel();
      };
    },
  };

  get isStopped(): boolean {
    return this.stopped > 0;
  }

  /** Whether it was stopped at any moment since then. */
  wasStoppedSince(time: number): boolean {
    return this.isStopped || this.lastStoppedAt >= time;
  }

  /** Gives the process what it waits for; it may die of it. */
  deliver(run: () => void): void {
    if (!this.alive) {
      return;
    }
    if (this.stopped > 0) {
      this.waiting.push(run);
    } else if (this.dice.chance(this.rates.deathRate)) {
      this.die();
    } else if (this.dice.chance(this.rates.stopRate)) {
      this.waiting.push(run);
      this.stop(this.dice.pick([500, 3_500, 4_500, 8_000, 20_000]));
    } else {
      run();
    }
  }

  /** Something outside is asked: it happens some time after, if the process still lives, and the answer comes later. */
  call<T>(atMost: number, effect: () => T): Promise<T> {
    const { scheduler } = this.machine;
    return new Promise((resolve, reject) => {
      scheduler.after(this.dice.between(0, atMost / 2), () => {
        if (!this.alive) {
          return;
        }
        let settle: () => void;
        try {
          const value = effect();
          settle = () => {
            resolve(value);
          };
        } catch (error) {
          settle = () => {
            reject(error instanceof Error ? error : new Error(String(error)));
          };
        }
        scheduler.after(this.dice.between(0, atMost / 2), () => {
          this.deliver(settle);
        });
      });
    });
  }

  stop(milliseconds: number): void {
    this.stopped += 1;
    this.machine.disturb(milliseconds);
    this.machine.scheduler.after(milliseconds, () => {
      this.stopped -= 1;
      this.lastStoppedAt = this.machine.scheduler.now;
      const due = this.stopped > 0 ? [] : this.waiting.splice(0);
      due.forEach((run) => {
        this.machine.scheduler.after(0, () => {
          this.deliver(run);
        });
      });
    });
  }

  die(): void {
    if (this.alive) {
      this.alive = false;
      this.machine.disturb(0);
      this.losesWrites = this.dice.chance(0.6);
      this.onDeath();
    }
  }
}
