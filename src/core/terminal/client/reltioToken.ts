import { systemClock } from '../../base/clock';
import { exitCodes } from '../exitCodes';
import { refused } from '../refused';
import { ask } from './ask';
import { sayIfItTakesLong } from './waiting';

process.stderr.on('error', () => undefined); // its reader has left
const stop = sayIfItTakesLong(process.stderr, systemClock);

void ask(process.argv.slice(2), process.env, process.getuid?.()).then(({ stdout, stderr, exit }) => {
  stop();
  // Set, not called: output to a pipe may still be on its way.
  process.exitCode = exit;
  process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
    if (code === 'EPIPE') {
      return; // its reader has left, as `head` does
    }
    const { stderr: sentence } = refused(exitCodes.internalError, `What was asked for could not be written (${code}).`);
    process.exitCode = exitCodes.internalError; // a full disk: a script must not go on with a part of the token
    process.stderr.write(sentence);
  });
  process.stdout.write(stdout);
  process.stderr.write(stderr);
});
