import { systemClock } from '../../base/clock';
import { exitCodes } from '../exitCodes';
import { errorLine } from '../refused';
import { ask } from './ask';
import { saying } from './clientSentences';
import { sentencesBeside } from './sentencesBeside';
import { sayIfItTakesLong } from './waiting';

process.stderr.on('error', () => undefined); // its reader has left
const say = saying(sentencesBeside(process.argv[1]));
const stop = sayIfItTakesLong(process.stderr, systemClock, say);

void ask(process.argv.slice(2), process.env, process.getuid?.(), say).then(({ stdout, stderr, exit }) => {
  stop();
  // Set, not called: output to a pipe may still be on its way.
  process.exitCode = exit;
  process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
    if (code === 'EPIPE') {
      return; // its reader has left, as `head` does
    }
    process.exitCode = exitCodes.internalError; // a full disk: a script must not go on with a part of the token
    process.stderr.write(errorLine(say('notWritten').replace('{0}', code ?? '')));
  });
  process.stdout.write(stdout);
  process.stderr.write(stderr);
});
