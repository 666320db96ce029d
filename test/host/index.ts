import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';
import { resultsReporter } from './results';

const RESULTS = 'RELTIO_TEST_RESULTS';
const GREP = 'RELTIO_TEST_GREP';
/** Runs what `npm run bench` measures instead of the tests. */
const BENCH = 'RELTIO_TEST_BENCH';

/**
 * Called by VS Code inside its extension host: by the server from npm and by a desktop VS Code. The results go to the
 * file that the environment names, because the console of an extension host has much other output.
 */
export async function run(): Promise<void> {
  const results = process.env[RESULTS];
  if (results === undefined) throw new Error(`${RESULTS} names no file for the results`);
  const mocha = new Mocha({
    ui: 'bdd',
    timeout: 30_000,
    forbidOnly: true,
    forbidPending: true,
    reporter: resultsReporter(results),
    ...(process.env[GREP] === undefined ? {} : { grep: process.env[GREP] }),
  });
  for (const file of readdirSync(__dirname, { recursive: true, encoding: 'utf8' }).sort()) {
    if (file.endsWith(process.env[BENCH] === undefined ? '.test.js' : '.bench.js'))
      mocha.addFile(join(__dirname, file));
  }
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} failed`);
}
