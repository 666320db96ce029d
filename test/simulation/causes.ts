import { parseArgs } from 'node:util';
import type { Tally } from './causeCheck';
import { simulateCauses } from './simulation';

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { seeds: { type: 'string' }, from: { type: 'string' }, wrong: { type: 'boolean' } },
  });
  const [from, many] = [Number(values.from ?? 1), Number(values.seeds ?? 2000)];
  const sum: Tally = new Map();
  for (let seed = from; seed < from + many; seed += 1) {
    const { tally, wrong } = await simulateCauses(seed);
    tally.forEach((count, pair) => sum.set(pair, (sum.get(pair) ?? 0) + count));
    if (values.wrong === true) {
      wrong.forEach((one) => {
        console.log(`seed ${seed} ${one}`);
      });
    }
  }
  [...sum].toSorted().forEach(([pair, count]) => {
    console.log(pair, count);
  });
}

void main();
