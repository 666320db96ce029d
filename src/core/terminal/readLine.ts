import type { Socket } from 'node:net';

/**
 * The first line that arrives. Undefined if the connection ends before, or if more than this many bytes arrive, then or later:
 * that also ends the connection. The connection keeps being read, so that its end is noticed.
 */
export function readLine(socket: Socket, maxBytes: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    let bytes = 0;
    let isComplete = false;
    socket.on('data', (part: Buffer) => {
      bytes += part.length;
      if (bytes > maxBytes) {
        socket.destroy();
        return;
      }
      if (isComplete) {
        return;
      }
      parts.push(part);
      if (part.includes('\n')) {
        isComplete = true;
        const text = Buffer.concat(parts).toString('utf8');
        resolve(text.slice(0, text.indexOf('\n')));
      }
    });
    socket.once('close', () => {
      resolve(undefined);
    });
  });
}
