import { lstat, lutimes, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../base/clock';
import { Failure } from '../../base/failure';
import type { Log } from '../../base/log';
import { codeOf, readPrivately, replaceOrOverwrite } from '../../base/privateFile';
import type { Lock } from '../../locking/lock';
import { neverStarted, type SharedState, type SharedStateFile } from '../sharedState';
import { localProxyFile } from '../storedNames';
import { isSameState, parseState, stateText } from './stateText';

/** How long a window may keep the lock: it looks for a port meanwhile (milliseconds). */
const longestChange = 10_000;

export interface LocalProxyFileParts {
  /** Path of the storage folder, or undefined if there is no file system: then the state is that of this window alone. */
  readonly folder: string | undefined;
  readonly lock: Lock;
  readonly clock: Clock;
  readonly log: Log;
}

/** The content of the file. Null if it cannot be read, or not now; undefined if there is none. */
type OnDisk = string | null | undefined;

/** The file `local-proxy.json` in the extension's global storage folder. Its time is when a window last followed the proxy. */
export class LocalProxyFile implements SharedStateFile {
  private readonly path: string | undefined;
  private last = neverStarted;
  /** Whether the disk has something else than `last`. */
  private isDamaged = false;
  /** What could not be written, and the content of the disk at that time. */
  private unwritten: { readonly state: SharedState; readonly instead: OnDisk; touchedAt: number } | undefined;

  constructor(private readonly parts: LocalProxyFileParts) {
    this.path = parts.folder === undefined ? undefined : join(parts.folder, localProxyFile);
  }

  async read(): Promise<SharedState> {
    const state = this.stateIn(await this.readDisk());
    return state === 'newer' ? neverStarted : state;
  }

  async change(change: (state: SharedState) => SharedState | Promise<SharedState>): Promise<SharedState> {
    for (;;) {
      const held = await this.parts.lock.acquire('local-proxy', longestChange);
      try {
        const instead = await this.readDisk();
        const state = this.stateIn(instead);
        if (state === 'newer') {
          throw new Failure('windowOutdated');
        }
        const changed = await change(state);
        if (await held.isHeld()) {
          await (isSameState(changed, state) && !this.isDamaged ? undefined : this.write(changed, instead));
          return changed;
        }
      } finally {
        await held.release();
      }
    }
  }

  async touch(): Promise<void> {
    const now = this.parts.clock.now();
    if (this.unwritten !== undefined) {
      this.unwritten.touchedAt = now;
    } else if (this.path !== undefined) {
      await lutimes(this.path, now / 1_000, now / 1_000).catch(() => undefined); // removed, or read-only
    }
  }

  async touchedAt(): Promise<number | undefined> {
    if (this.unwritten !== undefined || this.path === undefined) {
      return this.unwritten?.touchedAt;
    }
    return await lstat(this.path).then(
      ({ mtimeMs }) => mtimeMs,
      () => undefined,
    );
  }

  async age(): Promise<number | undefined> {
    const touchedAt = await this.touchedAt();
    return touchedAt === undefined ? undefined : this.parts.clock.now() - touchedAt;
  }

  async remove(): Promise<void> {
    const held = await this.parts.lock.acquire('local-proxy', longestChange);
    try {
      this.unwritten = undefined;
      this.last = neverStarted;
      await (this.path === undefined ? undefined : rm(this.path, { force: true }));
    } finally {
      await held.release();
    }
  }

  private async readDisk(): Promise<OnDisk> {
    if (this.path === undefined) {
      return undefined;
    }
    try {
      return (await readPrivately(this.path)).toString('utf8');
    } catch (error) {
      return codeOf(error) === 'ENOENT' ? undefined : null;
    }
  }

  private stateIn(onDisk: OnDisk): SharedState | 'newer' {
    this.isDamaged = false;
    if (this.unwritten !== undefined && this.unwritten.instead === onDisk) {
      return this.unwritten.state;
    }
    const state = onDisk === undefined ? neverStarted : parseState(onDisk ?? '');
    if (state === 'newer') {
      return state;
    }
    this.isDamaged = state === 'damaged';
    if (state !== 'damaged') {
      this.unwritten = undefined; // another window could write
      this.last = state;
    }
    return this.last;
  }

  private async write(state: SharedState, instead: OnDisk): Promise<void> {
    const { folder, clock, log } = this.parts;
    if (folder !== undefined && this.path !== undefined) {
      try {
        await replaceOrOverwrite(folder, this.path, stateText(state));
        this.unwritten = undefined;
        this.last = state;
        await this.touch(); // the disk may have a clock of its own
        return;
      } catch (error) {
        const nodeCode = codeOf(error);
        log.warn('local proxy: not known to other windows', nodeCode === undefined ? {} : { nodeCode });
      }
    }
    this.unwritten = { state, instead, touchedAt: clock.now() };
  }
}
