import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Unsubscribe } from '../../src/core/base/emitter';
import type { SecretStore } from '../../src/core/storage/secretStore';

/** A stored value is on disk, and visible to other processes, only after this delay (milliseconds). */
const flushDelay: readonly [number, number] = [60, 300];

/**
 * A secret storage shared by several processes, with VS Code's delays: a process sees its own write at once; the disk and
 * the other processes see it about 100 ms later; it is lost if the process dies before. Each value is replaced as a whole.
 */
export class DiskSecrets implements SecretStore {
  private readonly own = new Map<string, string>();
  private readonly listeners = new Set<(key: string) => void>();
  private readonly seen = new Map<string, string>();
  private flushing = false;

  constructor(private readonly folder: string) {
    setInterval(() => void this.poll(), 40).unref();
  }

  async get(key: string): Promise<string | undefined> {
    return this.own.get(key) ?? (await this.read(key));
  }

  async store(key: string, value: string): Promise<void> {
    this.own.set(key, value);
    if (!this.flushing) {
      this.flushing = true;
      const [least, most] = flushDelay;
      setTimeout(() => void this.flush(), least + Math.random() * (most - least));
    }
  }

  async delete(key: string): Promise<void> {
    this.own.delete(key);
    await rm(join(this.folder, key), { force: true });
  }

  onDidChange(listener: (key: string) => void): Unsubscribe {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  }

  private async flush(): Promise<void> {
    this.flushing = false;
    for (const [key, value] of [...this.own]) {
      const draft = join(this.folder, `${key}.${process.pid}.draft`);
      await mkdir(this.folder, { recursive: true });
      await writeFile(draft, value);
      await rename(draft, join(this.folder, key));
      if (this.own.get(key) === value) {
        this.own.delete(key);
      }
    }
  }

  private async poll(): Promise<void> {
    for (const key of await readdir(this.folder).catch(() => [])) {
      const value = key.endsWith('.draft') ? undefined : await this.read(key);
      if (value !== undefined && value !== this.seen.get(key)) {
        this.seen.set(key, value);
        this.listeners.forEach((listener) => {
          listener(key);
        });
      }
    }
  }

  private async read(key: string): Promise<string | undefined> {
    try {
      return await readFile(join(this.folder, key), 'utf8');
    } catch {
      return undefined;
    }
  }
}

export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}
