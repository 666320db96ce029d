import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../base/clock';
import type { Refusal } from './refusal';

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
  const isRead = request.complete || !hasBody(request);
  const text = `${refusal.sentence}\n`;
  response.writeHead(refusal.status, {
    ...refusalHeaders(refusal, text),
    ...(isRead ? {} : { Connection: 'close' }),
  });
  if (isRead) {
    response.end(text);
    return;
  }
  response.write(text);
  const end = (): void => {
    stopTimer();
    response.end();
  };
  const stopTimer = clock.after(drainTime, end);
  response.once('close', stopTimer);
  request.once('end', end).resume();
}

export function refusalHeaders(refusal: Refusal, text: string): Readonly<Record<string, string>> {
  return {
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': String(Buffer.byteLength(text)),
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    'X-Reltio-Local-Proxy': refusal.failure ?? refusal.code,
    ...refusal.headers,
  };
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}
