import type { LockFolder } from '../../src/core/locking/lockFolder';
import type { Unsubscribe } from '../../src/core/base/emitter';
import type { SecretStore } from '../../src/core/storage/secretStore';
import type { State, StateFile } from '../../src/core/storage/stateFile';
import type { Process } from './process';

interface Observer {
  /** A window has stored a value. */
  stored(by: Process, key: string, value: string): void;
  /** A value is durable. */
  written(key: string, before: string | undefined, after: string): void;
}

/**
 * VS Code's secret storage: every window has its own copy. A window sees at once what it stores. 50 to 500 ms later the
 * value is durable and on its way to the other windows; it may be lost if the window crashes before. Events are delayed
 * and may be repeated.
 */
export class SecretStorage {
  readonly durable = new Map<string, string>();
  private readonly copies = new Set<ProcessSecrets>();

  constructor(readonly observer: Observer) {}

  open(process: Process): ProcessSecrets {
    const copy = new ProcessSecrets(process, this);
    this.copies.add(copy);
    return copy;
  }

  /** The keyring was replaced: nothing can be read any more. */
  lose(key: string): void {
    this.durable.delete(key);
  }

  write(key: string, value: string, by: ProcessSecrets): void {
    const before = this.durable.get(key);
    this.durable.set(key, value);
    this.observer.written(key, before, value);
    for (const copy of this.copies) {
      if (!copy.process.isRunning) {
        this.copies.delete(copy);
      } else if (copy !== by) {
        copy.receive(key, value);
      }
    }
  }
}

export class ProcessSecrets implements SecretStore {
  private readonly copy: Map<string, string>;
  private readonly listeners = new Set<(key: string) => void>();
  private readonly pending = new Map<string, string>();
  /** When the last change from another window arrives: changes arrive in order. */
  private arrival = 0;

  constructor(
    readonly process: Process,
    private readonly storage: SecretStorage,
  ) {
    this.copy = new Map(storage.durable);
  }

  get(key: string): Promise<string | undefined> {
    return this.process.call(6, () => this.copy.get(key));
  }

  store(key: string, value: string): Promise<void> {
    const { dice, machine } = this.process;
    return this.process.call(20, () => {
      this.copy.set(key, value);
      this.storage.observer.stored(this.process, key, value);
      this.pending.set(key, value);
      if (this.pending.size === 1) {
        machine.scheduler.after(dice.between(60, 510), () => {
          this.flush();
        });
      }
      if (dice.chance(0.8)) {
        this.announce(key, dice.between(0, 50));
      }
    });
  }

  delete(key: string): Promise<void> {
    return this.process.call(20, () => {
      this.copy.delete(key);
      this.pending.delete(key);
    });
  }

  /** A value that another window stored arrives, with one event or two. */
  receive(key: string, value: string): void {
    const { dice, machine } = this.process;
    const { scheduler } = machine;
    this.arrival = Math.max(this.arrival, scheduler.now + dice.between(0, 200));
    scheduler.after(this.arrival - scheduler.now, () => {
      this.copy.set(key, value);
      this.announce(key, dice.between(0, 200));
      if (dice.chance(0.2)) {
        this.announce(key, dice.between(0, 900));
      }
    });
  }

  onDidChange(listener: (key: string) => void): Unsubscribe {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  }

  /** VS Code passes on all values that a window has stored together, after a delay. */
  private flush(): void {
    const all = [...this.pending];
    this.pending.clear();
    if (this.process.isRunning || !this.process.losesWrites) {
      all.forEach(([key, value]) => {
        this.storage.write(key, value, this);
      });
    }
  }

  private announce(key: string, later: number): void {
    this.process.machine.scheduler.after(later, () => {
      this.process.deliver(() => {
        [...this.listeners].forEach((listener) => {
          listener(key);
        });
      });
    });
  }
}

/** `state.json`, replaced as a whole. */
export function stateFileOf(process: Process): StateFile {
  const { machine } = process;
  return {
    read: () => process.call(4, () => machine.stateFile ?? 'missing'),
    write: (state) =>
      process.call(6, () => {
        machine.stateFile = JSON.parse(JSON.stringify(state)) as State;
      }),
  };
}

/** A folder of empty files that all windows share: the locks, or the token calls. */
export function sharedFolderOf(process: Process, files: Map<string, number>): LockFolder {
  const { lastAcquired: lastTurns, scheduler, wall } = process.machine;
  return {
    list: () => process.call(2, () => [...files.keys()]),
    create: (name) =>
      process.call(2, () => {
        const isNew = !files.has(name);
        if (isNew) {
          files.set(name, wall());
          const dot = name.lastIndexOf('.');
          const [lock, number] = [name.slice(0, Math.max(dot, 0)), Number(name.slice(dot + 1))];
          if (number > (lastTurns.get(lock)?.number ?? 0)) {
            // a lower number was used before and is free again: the process will notice and remove the file
            lastTurns.set(lock, { number, by: process, at: scheduler.now });
          }
        }
        return isNew;
      }),
    touchedAt: (name) => process.call(2, () => files.get(name)),
    touch: (name, time) =>
      process.call(2, () => {
        if (files.has(name)) {
          files.set(name, time);
        }
      }),
    remove: (name) => process.call(2, () => void files.delete(name)),
  };
}
