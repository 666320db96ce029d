import { ask } from './ask';

void ask(process.argv.slice(2), process.env, process.getuid?.()).then(({ stdout, stderr, exit }) => {
  // Set, not called: output to a pipe may still be on its way.
  process.exitCode = exit;
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', () => undefined); // its reader has left
  }
  process.stdout.write(stdout);
  process.stderr.write(stderr);
});
