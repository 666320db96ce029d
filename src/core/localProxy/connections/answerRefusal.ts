import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Clock } from '../../base/clock';
import { hasBody } from '../forwarding/requestHeaders';
import type { Refusal } from '../refusal';

/** How long a client that still sends its request gets to see the answer, in milliseconds. */
const drainTime = 5_000;

/**
 * Answers a request that is not forwarded. Does nothing if an answer has begun already. Where the body was not read, the
 * connection is closed, but not at once: it would be reset, and a client that is still sending would not see the answer.
 */
export function answerRefusal(
  request: IncomingMessage,
  response: ServerResponse,
  refusal: Refusal,
  clock: Clock,
): void {
  if (response.headersSent || response.destroyed) {
    return;
  }
  const text = textOf(refusal);
  const isRead = request.complete || !hasBody(request);
  if (!isRead) {
    response.shouldKeepAlive = false;
  }
  response.writeHead(refusal.status, headersOf(refusal, text));
  const { socket } = response;
  if (isRead || socket === null) {
    response.end(text); // without a socket, the answers before it are still being sent
    return;
  }
  response.flushHeaders(); // writing alone does not, in answer to HEAD
  response.write(text);
  request.once('end', () => {
    socket.destroySoon();
  });
  request.resume();
  drain(socket, clock);
}

/** The same for a connection on which Node sees no request that could be answered. */
export function answerRefusalOn(socket: Duplex, refusal: Refusal, clock: Clock): void {
  const text = textOf(refusal);
  const headers = Object.entries({ ...headersOf(refusal, text), Connection: 'close' });
  const lines = [
    `HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status] ?? ''}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
  ];
  socket.write(`${lines.join('\r\n')}\r\n\r\n${text}`);
  drain(socket, clock);
}

/** Closes our half, and leaves the other one open for a while. */
function drain(socket: Duplex, clock: Clock): void {
  const stopTimer = clock.after(drainTime, () => {
    socket.destroy();
  });
  socket.once('close', stopTimer).resume();
  socket.end();
}

function textOf({ sentence }: Refusal): string {
  return `${sentence}\n`;
}

function headersOf(refusal: Refusal, text: string): Readonly<Record<string, string>> {
  return {
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': String(Buffer.byteLength(text)),
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    'X-Reltio-Local-Proxy': refusal.failure ?? refusal.code,
    ...refusal.headers,
  };
}
