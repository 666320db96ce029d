import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { figuresOf, percent, type Figures } from './mutation/figures';
import { writeMutationTable } from './mutation/table';
import { command } from './process/command';
import { childEnvironment } from './process/environment';
import { OUT, ROOT } from './process/folders';
import { seconds } from './process/progress';
import { ExpectedError, runScript } from './process/stop';

const CORE = join(ROOT, 'src/core');

/**
 * `npm run mutate -- [room …] [--cores N]`: plants faults in rooms of `src/core`, one at a time, and says how many of them its own
 * tests find. Writes the figures of these rooms to docs/testing.md, and the faults that were not found to
 * `out/mutation/<room>.txt`. A large room takes some minutes.
 */
runScript(async () => {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { cores: { type: 'string' } } });
  const { cores = String(availableParallelism()) } = values;
  const known = readdirSync(CORE, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? [entry.name] : [],
  );
  const unknown = positionals.find((name) => !known.includes(name));
  if (unknown !== undefined || !/^[1-9]\d?$/.test(cores)) {
    throw new ExpectedError(`Use: npm run mutate -- [room …] [--cores N]. The rooms are ${known.join(', ')}.`);
  }
  const all: Figures[] = [];
  for (const room of positionals.length === 0 ? known : positionals) {
    const started = Date.now();
    const report = join(OUT, `mutation/${room}.json`);
    rmSync(report, { force: true });
    await command(process.execPath, [join(ROOT, 'node_modules/@stryker-mutator/core/bin/stryker.js'), 'run'], {
      cwd: ROOT,
      env: childEnvironment({ RELTIO_MUTATED_ROOM: room, RELTIO_MUTATION_CORES: cores }),
      show: true,
    });
    if (!existsSync(report)) throw new ExpectedError(`Stryker wrote no report for ${room}.`);
    const figures = figuresOf(room, report);
    all.push(figures);
    writeFileSync(join(OUT, `mutation/${room}.txt`), figures.survivors.join('\n') + '\n');
    console.log(`${room}: ${figures.found} of ${figures.mutants} found (${percent(figures)}), ${seconds(started)}`);
    writeMutationTable(all);
  }
  return 0;
});
