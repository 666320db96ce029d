import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { Answer } from './answer';

export function send(response: ServerResponse, answer: Answer): void {
  const body = Buffer.from(answer.body);
  response.writeHead(answer.status, { ...answer.headers, 'content-length': body.length });
  response.end(body);
}

/** Closes the connection with a TCP reset. Node can do that to a plain socket only, so a TLS socket is destroyed. */
export function reset(socket: Socket): void {
  if (socket instanceof TLSSocket) {
    socket.destroy();
  } else {
    socket.resetAndDestroy();
  }
}

/** Sends the headers of a successful answer and none of its body. */
export function sendHeadersOnly(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': 200 });
  response.flushHeaders();
}

/** Sends the body a byte at a time and stops when the caller hangs up. */
export function drip(response: ServerResponse, answer: Answer, millisecondsPerByte: number): void {
  const body = Buffer.from(answer.body);
  response.writeHead(answer.status, { ...answer.headers, 'content-length': body.length });
  response.flushHeaders();
  let sent = 0;
  const timer = setInterval(() => {
    response.write(body.subarray(sent, sent + 1));
    sent += 1;
    if (sent >= body.length) {
      clearInterval(timer);
      response.end();
    }
  }, millisecondsPerByte);
  response.once('close', () => {
    clearInterval(timer);
  });
}

/** Sends one JSON string of this many bytes, in pieces of 64 KB and only as fast as the caller reads. */
export function flood(response: ServerResponse, bytes: number): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  const opening = '{"access_token":"';
  const closing = '"}';
  let left = bytes - opening.length - closing.length;
  response.write(opening);
  const pour = () => {
    while (left > 0 && !response.destroyed) {
      const piece = 'a'.repeat(Math.min(left, 65_536));
      left -= piece.length;
      if (!response.write(piece)) {
        response.once('drain', pour);
        return;
      }
    }
    response.end(closing);
  };
  pour();
}

/** The body as UTF-8. Rejects when the caller hangs up first or sends more than 1 MB. */
export async function readBody(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    pieces.push(piece);
    size += piece.length;
    if (size > 1_000_000) {
      throw new Error('The request is larger than 1 MB.');
    }
  }
  return Buffer.concat(pieces).toString('utf8');
}
