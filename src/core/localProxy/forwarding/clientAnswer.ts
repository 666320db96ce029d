import type { ServerResponse } from 'node:http';

/** Writes a body only as fast as the client takes it. Resolves with whether all of it was written; throws if reading does. */
export async function writeBody(response: ServerResponse, body: AsyncIterable<Uint8Array>): Promise<boolean> {
  for await (const chunk of body) {
    if (response.destroyed) {
      return false;
    }
    if (!response.write(chunk)) await roomIn(response);
  }
  return !response.destroyed;
}

/** Resolves when more can be written, or never will be. */
async function roomIn(response: ServerResponse): Promise<void> {
  let go: () => void = () => undefined;
  await new Promise<void>((resolve) => {
    go = resolve;
    response.on('drain', go).on('close', go);
  });
  response.off('drain', go).off('close', go);
}
