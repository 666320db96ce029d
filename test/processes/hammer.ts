import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundled } from './bundled';
import { Herd, type HerdCounts } from './herd';

export interface HammerResult extends HerdCounts {
  readonly holds: number;
  readonly writes: number;
  /** How often a holder wrote after, or between, the writes of another, although it was not stopped in that instant. */
  readonly mixed: number;
  /** How many holders were stopped between the check and the write for longer than the lock can bear. */
  readonly late: number;
  readonly failures: readonly string[];
}

/**
 * Many processes fight for one lock while they are killed and stopped.
 *
 * @param speed divides the lock's times, so that a minute holds thousands of takeovers
 */
export async function hammer(options: {
  processes: number;
  milliseconds: number;
  speed: number;
  killEvery: number;
  stopEvery: number;
}): Promise<HammerResult> {
  const folder = await mkdtemp(join(tmpdir(), 'reltio-hammer-'));
  const file = join(folder, 'written');
  await writeFile(file, '');
  const herd = new Herd(bundled('lockWorker.ts'), [join(folder, 'locks'), file, String(options.speed)]);
  for (let number = 0; number < options.processes; number += 1) {
    herd.add();
  }
  const stale = 4_000 / options.speed;
  const kills = setInterval(() => {
    herd.kill();
  }, options.killEvery);
  const stops = setInterval(() => {
    herd.stop(Math.random() * 2 * stale);
  }, options.stopEvery);
  await new Promise((resolve) => setTimeout(resolve, options.milliseconds));
  clearInterval(kills);
  clearInterval(stops);
  await herd.end();
  const lines = (await readFile(file, 'utf8')).split('\n').slice(0, -1);
  const late = new Set((await readFile(`${file}.late`, 'utf8').catch(() => '')).split('\n').slice(0, -1));
  await rm(folder, { recursive: true, force: true });
  return { ...judge(lines, late), late: late.size, ...herd.counts, failures: herd.failures };
}

function judge(lines: readonly string[], late: ReadonlySet<string>): { holds: number; writes: number; mixed: number } {
  const over = new Set<string>();
  let current = '';
  let mixed = 0;
  lines.forEach((line, index) => {
    const [before, holder = ''] = line.trim().split(' ');
    const isOutOfTurn = Number(before) !== index || over.has(holder);
    if (isOutOfTurn && !late.has(holder) && !late.has(current)) {
      mixed += 1;
    }
    if (holder !== current) {
      over.add(current);
      current = holder;
    }
  });
  return { holds: over.size, writes: lines.length, mixed };
}

if (require.main === module) {
  const seconds = Number(process.argv[2] ?? 60);
  void hammer({ processes: 8, milliseconds: seconds * 1000, speed: 20, killEvery: 150, stopEvery: 100 }).then(
    (result) => {
      console.log(JSON.stringify(result, undefined, 2));
      process.exitCode = result.mixed === 0 && result.failures.length === 0 ? 0 : 1;
    },
  );
}
