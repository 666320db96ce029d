import { connect, type Socket } from 'node:net';

/** A connection over which a test sends bytes, valid HTTP or not, and which never fails by throwing. */
export class RawConnection {
  received = '';
  /** Resolves when the connection is gone, whoever ended it. */
  readonly closed: Promise<void>;

  private constructor(private readonly socket: Socket) {
    socket.on('error', () => undefined); // the other side may reset it, which is what some tests want
    socket.setEncoding('utf8').on('data', (text: string) => {
      this.received += text;
    });
    this.closed = new Promise((resolve) => socket.once('close', () => resolve()));
  }

  static open(host: string, port: number): Promise<RawConnection> {
    return RawConnection.over(connect({ host: host.replace(/[[\]]/g, ''), port }));
  }

  /** To the socket or pipe at this path. */
  static openAt(path: string): Promise<RawConnection> {
    return RawConnection.over(connect(path));
  }

  private static async over(socket: Socket): Promise<RawConnection> {
    const connection = new RawConnection(socket);
    await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
    return connection;
  }

  send(text: string): this {
    this.socket.write(text, 'latin1');
    return this;
  }

  /** Resolves once this text has come, or the connection is gone. */
  async receives(text: string): Promise<void> {
    while (!this.received.includes(text) && !this.socket.closed) {
      await new Promise<void>((resolve) => {
        const next = (): void => {
          this.socket.off('data', next).off('close', next);
          resolve();
        };
        this.socket.once('data', next).once('close', next);
      });
    }
  }

  /** Ends our half. */
  finish(): this {
    this.socket.end();
    return this;
  }

  /** Resolves when all of it has left, as far as the system can tell. */
  async sendAll(text: string): Promise<void> {
    await new Promise((resolve) => this.socket.write(text, 'latin1', resolve));
  }

  stopReading(): this {
    this.socket.pause();
    return this;
  }

  startReading(): this {
    this.socket.resume();
    return this;
  }

  /** Does not close our half when the other side has closed its own. */
  keepOpen(): this {
    this.socket.allowHalfOpen = true;
    return this;
  }

  destroy(): void {
    this.socket.destroy();
  }

  /** As a program that crashes may leave it. */
  reset(): void {
    this.socket.resetAndDestroy();
  }

  /** The status of the first answer; undefined if there was none. */
  get status(): number | undefined {
    const [, status] = /^HTTP\/1\.1 (\d{3})/.exec(this.received) ?? [];
    return status === undefined ? undefined : Number(status);
  }
}

/** Sends these bytes over a connection of their own, and returns everything that came back until it was closed. */
export async function sendRaw(host: string, port: number, text: string): Promise<RawConnection> {
  const connection = (await RawConnection.open(host, port)).send(text);
  await connection.closed;
  return connection;
}
