import { STATUS_CODES } from 'node:http';
import { Readable, Writable } from 'node:stream';
import type { UpstreamResponse } from '../../../core/localProxy/upstream';

/** Sends the request with this body. Aborting the signal ends it, or its answer. */
type Send = (body: Buffer, signal: AbortSignal) => Promise<UpstreamResponse>;

/** Stands in for Node's `ClientRequest` in httpYac's HTTP client: takes the body, and emits `response` or `error`. */
export class Outgoing extends Writable {
  private readonly chunks: Buffer[] = [];
  private readonly ending = new AbortController();

  constructor(private readonly send: Send) {
    super({ autoDestroy: false }); // the end of the request is not the end of its answer
  }

  /** A silent server is not given up. httpYac's own timeout destroys this. */
  setTimeout(): this {
    return this;
  }

  override _write(chunk: Buffer | string, encoding: BufferEncoding, done: () => void): void {
    this.chunks.push(typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk);
    done();
  }

  override _final(done: () => void): void {
    done();
    this.send(Buffer.concat(this.chunks), this.ending.signal).then(
      (answer) => {
        if (!this.destroyed) this.emit('response', incoming(answer));
      },
      (error: unknown) => {
        if (!this.destroyed) this.destroy(error as Error);
      },
    );
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.ending.abort();
    done(error);
  }
}

/** The answer, as Node's `IncomingMessage`. */
function incoming({ status, headers, body }: UpstreamResponse): Readable {
  return Object.assign(Readable.from(body, { objectMode: false }), {
    statusCode: status,
    statusMessage: STATUS_CODES[status] ?? '',
    httpVersion: '1.1',
    headers: byName(headers),
    rawHeaders: headers.flat(),
    aborted: false,
  });
}

function byName(headers: UpstreamResponse['headers']): Record<string, string | string[]> {
  const named = new Map<string, string | string[]>();
  for (const [name, value] of headers) {
    const word = name.toLowerCase();
    const before = named.get(word);
    if (word === 'set-cookie') {
      named.set(word, [...(before ?? []), value]);
    } else {
      named.set(word, before === undefined ? value : `${String(before)}, ${value}`);
    }
  }
  return Object.fromEntries(named);
}
