import type { Clock } from '../../src/core/base/clock';
import type { LockFolder } from '../../src/core/locking/lockFolder';

/** A folder in memory that several locks share. */
export class FakeLockFolder implements LockFolder {
  constructor(private readonly clock: Clock) {}

  readonly files = new Map<string, number>();
  /** Makes every call fail, as a read-only folder does. */
  broken = false;
  /** Names that cannot be removed and have no readable time, such as a folder in a locked folder. */
  readonly stuck = new Set<string>();
  /** Runs before each call, so that a test can act between two calls. */
  before: (call: string, name: string) => Promise<void> | void = () => undefined;

  async list(): Promise<readonly string[]> {
    await this.enter('list', '');
    return [...this.files.keys(), ...this.stuck];
  }

  async create(name: string, _content: string, time = this.clock.now()): Promise<boolean> {
    await this.enter('create', name);
    if (this.files.has(name) || this.stuck.has(name)) {
      return false;
    }
    this.files.set(name, time);
    return true;
  }

  async touchedAt(name: string): Promise<number | undefined> {
    await this.enter('touchedAt', name);
    return this.files.get(name);
  }

  async touch(name: string, time: number): Promise<void> {
    await this.enter('touch', name);
    if (this.files.has(name)) {
      this.files.set(name, time);
    }
  }

  async remove(name: string): Promise<void> {
    await this.enter('remove', name);
    this.files.delete(name);
  }

  private async enter(call: string, name: string): Promise<void> {
    await this.before(call, name);
    if (this.broken) {
      throw new Error('EROFS');
    }
  }
}
