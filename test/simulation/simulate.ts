import { parseArgs } from 'node:util';
import { from, Seeds } from './seeds';
import type { Outcome } from './simulation';

/**
 * `npm run simulate -- --seeds 1000`; `--seed 17` repeats one; `--from 5000` starts at another; `--minutes 300` stops then.
 * On all cores, or as many as `--cores` says.
 */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string' },
      seed: { type: 'string' },
      from: { type: 'string' },
      minutes: { type: 'string' },
      cores: { type: 'string' },
    },
  });
  const first = Number(values.seed ?? values.from ?? Math.floor(Math.random() * 2 ** 31));
  const many = values.seed === undefined ? Number(values.seeds ?? 100) : 1;
  const latest = performance.now() + Number(values.minutes ?? Infinity) * 60_000;
  const seeds = await Seeds.open(values.cores === undefined ? undefined : Number(values.cores));
  const sum: Record<string, number> = {};
  let [done, days, broken] = [0, 0, 0];
  const started = performance.now();
  const processor = process.cpuUsage();
  await seeds.run(from(first, many), (outcome) => {
    done += 1;
    days += outcome.duration / 86_400_000;
    for (const [name, count] of Object.entries(outcome.counts)) {
      sum[name] = (sum[name] ?? 0) + count;
    }
    if (outcome.violation !== undefined) {
      broken += 1;
      print(outcome);
    }
    if (values.seed !== undefined) {
      console.log(JSON.stringify(outcome, undefined, 2));
    }
    return performance.now() > latest ? 'stop' : undefined;
  });
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(processor);
  await seeds.close();
  console.log(`${done} seeds from ${first}, ${days.toFixed(0)} simulated days in ${seconds.toFixed(0)} s`);
  console.log(
    `${(done / seconds).toFixed(1)} seeds a second, ${((user + system) / 1e6 / done).toFixed(2)} s of a processor for each`,
  );
  console.log(JSON.stringify(sum));
  console.log(`rules broken: ${broken}`);
  return broken === 0 ? 0 : 1;
}

function print({ seed, violation, duration: lasted }: Outcome): void {
  console.log(`seed ${seed}: ${violation ?? ''} (after ${(lasted / 60_000).toFixed(1)} min)`);
  console.log(`  repeat it: npm run simulate -- --seed ${seed}`);
}

void main().then((code) => {
  process.exitCode = code;
});
