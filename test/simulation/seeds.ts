import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { build } from 'esbuild';
import type { Outcome } from './simulation';

/** A run of the simulation. */
export interface Task {
  readonly seed: number;
  /** Instead of the scenario of the seed: the stress test for the mistake of this name. */
  readonly stressFor?: string;
  /** Whether that mistake is in the core. */
  readonly isPlanted?: boolean;
  /** Whether sessions end for known causes, to compare them with those that the history names. */
  readonly namesCauses?: boolean;
}

/** Most of what the core makes is garbage at once. Collected in larger portions, it costs less (megabytes). */
const youngObjects = 64;

/**
 * Runs simulations on all cores. One bundle of the simulation and of the core, without the names that `tsx` gives to every
 * function, runs in a third of the time.
 */
export class Seeds {
  private readonly idle: Worker[];

  private constructor(private readonly workers: readonly Worker[]) {
    this.idle = [...workers];
  }

  static async open(cores = availableParallelism()): Promise<Seeds> {
    const { outputFiles } = await build({
      entryPoints: [join(__dirname, 'seedWorker.ts')],
      bundle: true,
      write: false,
      platform: 'node',
      target: 'node20',
      external: ['vscode'], // a few modules that are never called here would load it
      logLevel: 'error',
    });
    const code = outputFiles[0]!.text;
    const options = { eval: true, execArgv: [], resourceLimits: { maxYoungGenerationSizeMb: youngObjects } };
    return new Seeds(Array.from({ length: cores }, () => new Worker(code, options)));
  }

  /**
   * Runs tasks, as many at a time as there are cores.
   *
   * @param onOutcome called in the order in which they end; returns `stop` when no more are needed
   */
  async run(tasks: Iterable<Task>, onOutcome: (outcome: Outcome) => 'stop' | undefined): Promise<void> {
    if (this.idle.length === 0) {
      throw new Error('The seeds before these are still running.');
    }
    const left = tasks[Symbol.iterator]();
    let stopped = false;
    await Promise.all(
      this.idle.splice(0).map(async (worker) => {
        try {
          for (let next = left.next(); !stopped && next.done !== true; next = left.next()) {
            stopped = onOutcome(await this.one(worker, next.value)) === 'stop' || stopped;
          }
        } finally {
          this.idle.push(worker);
        }
      }),
    );
  }

  async close(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.terminate()));
  }

  private async one(worker: Worker, task: Task): Promise<Outcome> {
    const answer = once(worker, 'message'); // rejects if the worker fails
    worker.postMessage(task);
    const [outcome] = (await answer) as [Outcome];
    return outcome;
  }
}

export function* from(first: number, many: number): Generator<Task> {
  for (let seed = first; seed < first + many; seed += 1) {
    yield { seed };
  }
}
