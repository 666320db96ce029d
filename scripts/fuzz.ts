import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { countsText } from './steps/counts';
import { ROOT } from './process/folders';
import { runNodeTests } from './steps/nodeTests';
import { seconds } from './process/progress';
import { ExpectedError, runScript } from './process/stop';

/**
 * `npm run fuzz -- [inputs] [file.test.ts …] [--seed N]`: gives hostile inputs to every parser of outside data, by
 * default 100,000 to each, and different ones each time unless there is a seed. `npm test` gives 10,000 to each, always
 * the same ones.
 */
runScript(async () => {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { seed: { type: 'string' } } });
  const named = positionals.filter((argument) => argument.endsWith('.ts'));
  const [inputs = '100000'] = positionals.filter((argument) => !argument.endsWith('.ts'));
  const seed = values.seed ?? String(Math.floor(Math.random() * 2 ** 31));
  for (const number of [inputs, seed]) {
    if (!/^[1-9]\d{0,9}$/.test(number))
      throw new ExpectedError('Use: npm run fuzz -- [inputs] [file.test.ts …] [--seed N]');
  }
  const files = readdirSync(join(ROOT, 'test/fuzz'))
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => `test/fuzz/${name}`);
  console.log(`${Number(inputs).toLocaleString('en')} inputs for each target, seed ${seed}.`);
  const started = Date.now();
  const counts = await runNodeTests({
    config: 'test/fuzz/.mocharc.json',
    files: named.length > 0 ? named : files,
    env: { RELTIO_FUZZ_RUNS: inputs, RELTIO_FUZZ_SEED: seed },
    minutes: 120,
  });
  console.log(`${countsText(counts)}, ${seconds(started)}. To repeat: npm run fuzz -- ${inputs} --seed ${seed}`);
  return counts.failed === 0 ? 0 : 1;
});
