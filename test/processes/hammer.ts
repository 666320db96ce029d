import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundled } from './bundled';
import { WorkerPool, type WorkerCounts } from './workerPool';

export interface HammerResult extends WorkerCounts {
  readonly acquisitions: number;
  readonly writes: number;
  /** How often a holder wrote after, or between, the writes of another, although it was not suspended at that instant. */
  readonly interleaved: number;
  /** How many holders were suspended between the check and the write for longer than the lock allows for. */
  readonly late: number;
  readonly failures: readonly string[];
}

/**
 * Many processes compete for one lock while they are killed and suspended.
 *
 * @param speed divides the lock's times, so that thousands of takeovers happen in a minute
 */
export async function hammer(options: {
  processes: number;
  milliseconds: number;
  speed: number;
  killEvery: number;
  suspendEvery: number;
}): Promise<HammerResult> {
  const folder = await mkdtemp(join(tmpdir(), 'reltio-hammer-'));
  const file = join(folder, 'written');
  await writeFile(file, '');
  const workers = new WorkerPool(bundled('lockWorker.ts'), [join(folder, 'locks'), file, String(options.speed)]);
  for (let number = 0; number < options.processes; number += 1) {
    workers.add();
  }
  const stale = 4_000 / options.speed;
  const kills = setInterval(() => {
    workers.kill();
  }, options.killEvery);
  const suspensions = setInterval(() => {
    workers.suspend(Math.random() * 2 * stale);
  }, options.suspendEvery);
  await new Promise((resolve) => setTimeout(resolve, options.milliseconds));
  clearInterval(kills);
  clearInterval(suspensions);
  await workers.close();
  const lines = (await readFile(file, 'utf8')).split('\n').slice(0, -1);
  const late = new Set((await readFile(`${file}.late`, 'utf8').catch(() => '')).split('\n').slice(0, -1));
  await rm(folder, { recursive: true, force: true });
  return { ...evaluate(lines, late), late: late.size, ...workers.counts, failures: workers.failures };
}

function evaluate(
  lines: readonly string[],
  late: ReadonlySet<string>,
): { acquisitions: number; writes: number; interleaved: number } {
  const finished = new Set<string>();
  let current = '';
  let interleaved = 0;
  lines.forEach((line, index) => {
    const [before, holder = ''] = line.trim().split(' ');
    const isOutOfOrder = Number(before) !== index || finished.has(holder);
    if (isOutOfOrder && !late.has(holder) && !late.has(current)) {
      interleaved += 1;
    }
    if (holder !== current) {
      finished.add(current);
      current = holder;
    }
  });
  return { acquisitions: finished.size, writes: lines.length, interleaved };
}

if (require.main === module) {
  const seconds = Number(process.argv[2] ?? 60);
  void hammer({ processes: 8, milliseconds: seconds * 1000, speed: 20, killEvery: 150, suspendEvery: 100 }).then(
    (result) => {
      console.log(JSON.stringify(result, undefined, 2));
      process.exitCode = result.interleaved === 0 && result.failures.length === 0 ? 0 : 1;
    },
  );
}
