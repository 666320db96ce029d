import { appendFileSync, statSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { systemClock } from '../../src/core/base/clock';
import { FileLock } from '../../src/core/locking/fileLock';
import { sharedFolder } from '../../src/core/base/sharedFolder';

/**
 * Takes the lock repeatedly and writes lines that say how many lines precede them; lines of two holders must never
 * interleave. `node lockWorker.js <folder> <file> <speed>`; a speed of 20 divides all the lock's times by 20.
 *
 * A process that is suspended between the check and the write, for longer than the lock allows for, writes late
 * (`lease.ts` and docs/sessions.md explain this). It records that in `<file>.late`.
 */
export const lineLength = 64;

async function main(folder: string, file: string, speed: number): Promise<void> {
  const timing = {
    touchEvery: 1_000 / speed,
    leaseDuration: 3_000 / speed,
    staleAfter: 4_000 / speed,
    pollEvery: 100 / speed,
    longestWait: 60_000,
  };
  const longestPause = timing.staleAfter - timing.leaseDuration;
  const random = { id: randomUUID, fraction: Math.random };
  const silent = { info: () => undefined, warn: () => process.exit(3) };
  const lock = new FileLock(sharedFolder(folder), systemClock, random, silent, timing);
  for (let round = 0; ; round += 1) {
    const held = await lock.acquire('hammer', 60_000);
    for (let write = 0; write < 3; write += 1) {
      const lines = statSync(file).size / lineLength;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 3));
      const checkedAt = performance.now();
      if (!(await held.isHeld())) {
        break;
      }
      appendFileSync(file, `${lines} ${process.pid}-${round}`.padEnd(lineLength - 1) + '\n');
      if (performance.now() - checkedAt > longestPause) {
        appendFileSync(`${file}.late`, `${process.pid}-${round}\n`);
      }
    }
    await held.release();
    if (Math.random() < 0.5) {
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 3));
    }
  }
}

const [folder, file, speed] = process.argv.slice(2);
if (require.main === module && folder !== undefined && file !== undefined) {
  void main(folder, file, Number(speed ?? 1));
}
