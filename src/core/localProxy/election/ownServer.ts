import type { Clock } from '../../base/clock';
import { Failure, isFailure } from '../../base/failure';
import type { ProxyServer } from '../proxyServer';

/** The server of this window, while it is the one that listens. */
export class OwnServer {
  private server: ProxyServer | undefined;
  private openedAt = 0;
  private isOver = false;
  /** Servers whose requests in progress may still finish. */
  private readonly closing = new Map<ProxyServer, Promise<void>>();

  constructor(
    private readonly open: (port: number) => Promise<ProxyServer>,
    private readonly clock: Clock,
  ) {}

  get port(): number | undefined {
    return this.server?.port;
  }

  /** When it began to listen. */
  get since(): number {
    return this.openedAt;
  }

  /**
   * Listens on this port (0 for any free one) and no longer on another, where requests in progress may finish within the
   * grace.
   *
   * @returns why it does not listen there; then nothing changes
   */
  async listen(port: number, grace: number): Promise<Failure | undefined> {
    try {
      const server = await this.open(port);
      this.close(grace);
      this.server = server;
      this.openedAt = this.clock.now();
    } catch (error) {
      if (!isFailure(error)) {
        throw error;
      }
      return error;
    }
    if (this.isOver) {
      this.close(0);
      return new Failure('localProxyStopped');
    }
    return undefined;
  }

  /** Stops listening at once. */
  close(grace: number): void {
    const { server } = this;
    this.server = undefined;
    if (server !== undefined) {
      const closing = server.close(grace).finally(() => this.closing.delete(server));
      this.closing.set(server, closing);
    }
  }

  /** Stops listening at once, and never listens again. Resolves when every connection is closed. */
  async end(grace: number): Promise<void> {
    this.isOver = true;
    this.close(grace);
    await Promise.allSettled(this.closing.values());
  }

  endConnections(): void {
    this.server?.endConnections();
    for (const server of this.closing.keys()) server.endConnections();
  }
}
