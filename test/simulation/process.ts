import type { Cancel, Clock } from '../../src/core/base/clock';
import type { Dice } from './dice';
import type { Machine } from './machine';

/**
 * The extension host of one window. It receives what it waits for while it is running and not suspended. It may crash or
 * be suspended at any point where the real code waits for something.
 */
export class Process {
  isRunning = true;
  /** When its last suspension ended, in simulated time. */
  lastResumedAt = -Infinity;
  readonly startedAt: number;
  /** Whether writes that VS Code's window had not passed on yet are lost, because it crashed with the extension host. */
  losesWrites = false;
  private suspensions = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(
    readonly name: string,
    readonly machine: Machine,
    readonly dice: Dice,
    private readonly rates: { readonly crashRate: number; readonly suspendRate: number },
    private readonly onCrash: () => void,
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

  get isSuspended(): boolean {
    return this.suspensions > 0;
  }

  /** Whether it was suspended at any moment since then. */
  wasSuspendedSince(time: number): boolean {
    return this.isSuspended || this.lastResumedAt >= time;
  }

  /** Gives the process what it waits for. It may crash or be suspended at that moment. */
  deliver(run: () => void): void {
    if (!this.isRunning) {
      return;
    }
    if (this.suspensions > 0) {
      this.waiting.push(run);
    } else if (this.dice.chance(this.rates.crashRate)) {
      this.crash();
    } else if (this.dice.chance(this.rates.suspendRate)) {
      this.waiting.push(run);
      this.suspend(this.dice.pick([500, 3_500, 4_500, 8_000, 20_000]));
    } else {
      run();
    }
  }

  /** A call to the outside: it has its effect after a while, if the process is still running, and the answer comes later. */
  call<T>(atMost: number, effect: () => T): Promise<T> {
    const { scheduler } = this.machine;
    return new Promise((resolve, reject) => {
      scheduler.at(scheduler.now + this.dice.between(0, atMost / 2), () => {
        if (!this.isRunning) {
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
        scheduler.at(scheduler.now + this.dice.between(0, atMost / 2), () => {
          this.deliver(settle);
        });
      });
    });
  }

  suspend(milliseconds: number): void {
    this.suspensions += 1;
    this.machine.disturb(milliseconds);
    this.machine.scheduler.after(milliseconds, () => {
      this.suspensions -= 1;
      this.lastResumedAt = this.machine.scheduler.now;
      const due = this.suspensions > 0 ? [] : this.waiting.splice(0);
      due.forEach((run) => {
        this.machine.scheduler.after(0, () => {
          this.deliver(run);
        });
      });
    });
  }

  crash(): void {
    if (this.isRunning) {
      this.isRunning = false;
      this.machine.disturb(0);
      this.losesWrites = this.dice.chance(0.6);
      this.onCrash();
    }
  }
}
