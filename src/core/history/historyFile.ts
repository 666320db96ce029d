import { constants } from 'node:fs';
import { open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf, isDraft, privateFolder, readPrivately, replacePrivately } from '../base/privateFile';
import type { Clock } from '../base/clock';
import { SerialQueue } from '../base/serialQueue';
import type { Lock } from '../locking/lock';
import type { HistoryEntry } from './entry';
import type { History } from './history';
import { historyName } from './historyName';
import { lineOf, parseEntry } from './parseEntry';

/** Entries are kept for this long (milliseconds). */
const longest = 28 * 24 * 3_600_000;
/** The file is not larger than this, and is shortened to the second length (bytes). */
const [maxSize, shortened] = [64_000, 48_000];
/** A window that holds the lock for longer is stuck (milliseconds). */
const lockTimeout = 15_000;

const { O_APPEND, O_CREAT, O_NOFOLLOW = 0, O_NONBLOCK = 0, O_WRONLY } = constants;

export interface HistoryFileParts {
  readonly folder: string;
  readonly lock: Lock;
  readonly clock: Pick<Clock, 'now'>;
  readonly bootedAt: () => number | undefined;
  readonly inBrowser: boolean;
}

/**
 * The history as lines of JSON. A window appends its lines in one write, and rewrites the file only to remove old ones,
 * under a lock, so no window loses a line of another.
 */
export function historyFile(parts: HistoryFileParts): History {
  const { folder, lock, clock, inBrowser } = parts;
  const path = join(folder, historyName);
  const queue = new SerialQueue();
  let waiting: HistoryEntry[] = [];
  const machine = (): Pick<HistoryEntry, 'bootedAt'> => {
    const bootedAt = parts.bootedAt();
    return bootedAt === undefined ? {} : { bootedAt };
  };

  const write = async (): Promise<void> => {
    const entries = waiting;
    waiting = [];
    if (entries.length === 0) {
      return;
    }
    const held = await lock.acquire('history', lockTimeout);
    try {
      await privateFolder(folder);
      const added = entries.map((entry) => lineOf(entry));
      const before = await lines(path);
      const kept = recent([...(before ?? []), ...added], clock.now());
      const isAppended = before !== undefined && kept.length === before.length + added.length;
      if (!isAppended && (await held.isHeld())) {
        await replacePrivately(path, `${kept.join('\n')}\n`);
      } else {
        await append(path, added);
      }
    } catch {
      // nothing depends on the history, and a full disk is reported elsewhere
    } finally {
      await held.release();
    }
  };

  return {
    record(entry) {
      waiting.push({ ...entry, ...machine(), ...(inBrowser ? { inBrowser } : {}) });
      void queue.run(write);
    },
    async read() {
      await queue.run(write);
      const kept = recent((await lines(path).catch(() => [])) ?? [], clock.now());
      return [...kept.flatMap((line) => parseEntry(line) ?? []), { at: clock.now(), what: 'read', ...machine() }];
    },
    async settled() {
      await queue.run(write);
    },
    async forget() {
      await queue.run(async () => {
        waiting = [];
        const held = await lock.acquire('history', lockTimeout); // another window may be writing again what it has read
        try {
          await rm(path, { force: true });
          const names = await readdir(folder).catch(() => []);
          const drafts = names.filter((name) => name.startsWith(historyName) && isDraft(name));
          await Promise.all(drafts.map((name) => rm(join(folder, name), { force: true })));
        } finally {
          await held.release();
        }
      });
    },
  };
}

/** A line begins with a line break, so one that a killed window wrote in part damages no other. */
async function append(path: string, added: readonly string[]): Promise<void> {
  const file = await open(path, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK, 0o600);
  try {
    await file.writeFile(added.map((line) => `\n${line}`).join(''));
  } finally {
    await file.close();
  }
}

/**
 * Undefined if this cannot be our file: a link, or too large.
 *
 * @throws Node's errors
 */
async function lines(path: string): Promise<readonly string[] | undefined> {
  try {
    return String(await readPrivately(path))
      .split('\n')
      .filter((line) => line !== '');
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT') {
      return [];
    }
    if (code === undefined || code === 'ELOOP') {
      return undefined;
    }
    throw error;
  }
}

/** Without what is too old or not an entry; if that is too much, without the oldest of the rest. */
function recent(all: readonly string[], now: number): readonly string[] {
  const kept = all.filter((line) => {
    const entry = parseEntry(line);
    return entry !== undefined && Math.abs(now - entry.at) <= longest;
  });
  const size = (some: readonly string[]): number => Buffer.byteLength(some.join('\n'));
  if (size(kept) <= maxSize) {
    return kept;
  }
  let first = 0;
  let left = size(kept);
  while (left > shortened) {
    left -= Buffer.byteLength(kept[first] ?? '') + 1;
    first += 1;
  }
  return kept.slice(first);
}
