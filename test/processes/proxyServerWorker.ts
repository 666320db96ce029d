import { openRecordingProxy } from '../fakes/recordingProxy';

/** Serves until it is killed. Prints its port and key. Any uncaught error ends it. */
async function main(): Promise<void> {
  const { port, key } = await openRecordingProxy();
  process.stdout.write(`${JSON.stringify({ port, key })}\n`);
}

if (require.main === module) void main();
