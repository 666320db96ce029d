import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { progress } from './process/progress';
import { startReltio } from './start/reltio';
import type { Reltio } from './start/reltio';
import { ExpectedError, isStopping, onStop, runScript } from './process/stop';
import { openWindow } from './start/openWindow';

/**
 * `npm start`: opens VS Code with the extension, and starts a Reltio identity server on this machine for it.
 *   --reltio   uses the real https://auth.reltio.com instead
 *   --check    uses every main feature once without you, and exits with 0 or 1
 *   --browser  uses VS Code in the browser, even if a desktop VS Code could be opened
 */
runScript(async () => {
  const flags = readFlags();
  if (flags.check) {
    if (flags.reltio)
      throw new ExpectedError(
        '--check signs in as a user of the local identity server, so it cannot be used with --reltio.',
      );
    const { walkThrough } = await import('./start/walkThrough');
    return walkThrough();
  }
  const reltio = flags.reltio ? undefined : await progress('Starting a Reltio identity server', startReltio);
  const window = await openWindow({ settings: reltio?.settings ?? {}, inBrowser: flags.browser });
  console.log(`\n${window.openedAs}\n`);
  console.log(reltio === undefined ? REAL_RELTIO : reltio.introduction);
  console.log('\nCtrl-C stops everything.');
  if (reltio !== undefined) printCodesOnEnter(reltio);
  await window.ended;
  if (!isStopping()) console.log('VS Code has exited.');
  return 0;
});

const REAL_RELTIO = [
  'You sign in at the real https://auth.reltio.com, with your own client, user name and password.',
  'In VS Code: F1, "Reltio: Sign In".',
].join('\n');

function readFlags(): { reltio: boolean; check: boolean; browser: boolean } {
  const flag = { type: 'boolean', default: false } as const;
  try {
    return parseArgs({ options: { reltio: flag, check: flag, browser: flag } }).values;
  } catch (error) {
    throw new ExpectedError(
      `${error instanceof Error ? error.message : String(error)}\nThe options are --reltio, --check and --browser.`,
    );
  }
}

function printCodesOnEnter(reltio: Reltio): void {
  if (!process.stdin.isTTY) return;
  const lines = createInterface({ input: process.stdin });
  lines.on('line', () => {
    console.log(reltio.authenticatorCodes());
  });
  onStop(() => {
    lines.close();
  });
}
