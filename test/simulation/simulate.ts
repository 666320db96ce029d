import { parseArgs } from 'node:util';
import { simulate, type Outcome } from './simulation';

/** `npm run simulate -- --seeds 1000`; `--seed 17` repeats one; `--from 5000` starts at another. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { seeds: { type: 'string' }, seed: { type: 'string' }, from: { type: 'string' } },
  });
  const first = Number(values.seed ?? values.from ?? Math.floor(Math.random() * 2 ** 31));
  const many = values.seed === undefined ? Number(values.seeds ?? 100) : 1;
  const started = performance.now();
  const sum: Record<string, number> = {};
  let days = 0;
  let broken = 0;
  for (let seed = first; seed < first + many; seed += 1) {
    const outcome = await simulate(seed);
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
  }
  const seconds = (performance.now() - started) / 1000;
  console.log(`${many} seeds from ${first}, ${days.toFixed(0)} simulated days in ${seconds.toFixed(0)} s`);
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
