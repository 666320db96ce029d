import type { IncomingMessage } from 'node:http';
import { arrivals } from '../../base/clock';

/** Up to this size, a body is kept until its answer is there: the request may have to be sent again. */
const keptBytes = 256 * 1024;

/** The body of a client's request. Read only as fast as it is sent on, and never ended early for the client's connection. */
export class RequestBody {
  /** Undefined once there is too much. */
  private kept: Buffer[] | undefined = [];
  private size = 0;
  private reader: Reader | undefined;

  constructor(private readonly request: IncomingMessage) {}

  /** Whether it can be read from its beginning again. */
  get isKept(): boolean {
    return this.kept !== undefined;
  }

  /** The whole body. Whoever still reads an earlier one gets an error. */
  read(): AsyncIterable<Uint8Array> {
    this.stop();
    const reader = new Reader(this.request, [...(this.kept ?? [])], (chunk) => {
      this.keep(chunk);
    });
    this.reader = reader;
    return { [Symbol.asyncIterator]: () => reader };
  }

  forget(): void {
    this.kept = undefined;
  }

  /** Nobody reads it any more. */
  stop(): void {
    this.reader?.stop();
  }

  private keep(chunk: Buffer): void {
    this.size += chunk.length;
    if (this.size > keptBytes) this.kept = undefined;
    this.kept?.push(chunk);
  }
}

const changes = ['readable', 'end', 'close', 'error'];

/**
 * Node's own iterators cannot be stopped while they wait. An end that is none must be an error, because the environment would
 * take the part for the whole.
 */
class Reader implements AsyncIterator<Uint8Array, undefined> {
  private isStopped = false;
  private hasPassedOn = false;
  private wake: () => void = () => undefined;

  constructor(
    private readonly request: IncomingMessage,
    private readonly before: Buffer[],
    private readonly onChunk: (chunk: Buffer) => void,
  ) {}

  async next(): Promise<IteratorResult<Uint8Array, undefined>> {
    const known = this.before.shift();
    if (known !== undefined) {
      return { done: false, value: known };
    }
    // The environment may have refused the upload and closed: sending more would be an error in place of its answer.
    await (this.hasPassedOn ? arrivals() : undefined);
    this.hasPassedOn = true;
    for (;;) {
      if (this.isStopped) {
        throw new Error('The body is no longer read.');
      }
      const chunk = this.request.read() as Buffer | null;
      if (chunk !== null) {
        this.onChunk(chunk);
        return { done: false, value: chunk };
      }
      if (this.request.readableEnded) {
        return { done: true, value: undefined };
      }
      if (this.request.destroyed) {
        throw new Error('The client left.');
      }
      await this.change();
    }
  }

  return(): Promise<IteratorResult<Uint8Array, undefined>> {
    this.stop();
    return Promise.resolve({ done: true, value: undefined });
  }

  stop(): void {
    this.isStopped = true;
    this.wake();
  }

  /**
   * Resolves when there is something to look at. Its listeners are gone at once then, and are removed only once: while there
   * is one, and after each removal, Node stops whoever else lets the request flow.
   */
  private async change(): Promise<void> {
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        this.wake = () => undefined;
        for (const event of changes) this.request.off(event, wake);
        resolve();
      };
      this.wake = wake;
      for (const event of changes) this.request.on(event, wake);
    });
  }
}
