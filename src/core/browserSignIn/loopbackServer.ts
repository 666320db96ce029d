import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { within, type Clock } from '../base/clock';
import { Failure } from '../base/failure';
import { callbackPage, pageHeaders, type CallbackPage } from './callbackPage';
import { listeningAddresses } from './listeningAddresses';
import { strayAnswer } from './strayRequest';

/** A cookie of any program on `localhost` is sent to every port of it, so a browser's headers can be long. */
const maxHeaderBytes = 64 * 1024;

/** Above this, the oldest connection is closed: many idle ones must not keep the browser out. */
const maxConnections = 64;

/** How long a client may take to send its request, in milliseconds. A browser on the same machine needs far less. */
const maxRequestTime = 5_000;

/** How long the last page may take to be sent, in milliseconds. */
const maxPageTime = 2_000;

/** Node's codes for an address of a family that this machine does not have, on which nothing can listen. */
const familyMissing = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT']);

export interface LoopbackServer {
  close(): Promise<void>;
}

/**
 * Listens on the host and port of this address, for `localhost` in both families or in none. It answers everything but a
 * GET of its path itself.
 *
 * @param answer receives the query of each such GET, and returns the page for the browser. After `accepted` or `refused`,
 *   the caller closes the server
 * @throws {Failure} `portBusy`
 */
export async function openLoopbackServer(
  address: URL,
  answer: (parameters: URLSearchParams) => CallbackPage,
  clock: Clock,
): Promise<LoopbackServer> {
  const hosts = listeningAddresses(address);
  if (hosts === undefined) {
    throw new TypeError('We listen on loopback addresses only.');
  }
  const opened = new OpenServers(address, answer, clock);
  const port = Number(address.port === '' ? 80 : address.port);
  let missing: string | undefined;
  for (const host of hosts) {
    try {
      await opened.listen(host, port);
    } catch (error) {
      const nodeCode = String((error as NodeJS.ErrnoException).code);
      if (!familyMissing.has(nodeCode)) {
        await opened.close();
        throw new Failure('portBusy', { host: address.host, port, nodeCode });
      }
      missing = nodeCode;
    }
  }
  if (opened.isEmpty) {
    throw new Failure('portBusy', {
      host: address.host,
      port,
      ...(missing === undefined ? {} : { nodeCode: missing }),
    });
  }
  return opened;
}

class OpenServers implements LoopbackServer {
  private readonly servers: Server[] = [];
  /** Oldest first. */
  private readonly sockets = new Set<Socket>();
  /** The connection of the browser, once its page is being sent. */
  private browser: Socket | undefined;

  constructor(
    private readonly address: URL,
    private readonly answer: (parameters: URLSearchParams) => CallbackPage,
    private readonly clock: Clock,
  ) {}

  get isEmpty(): boolean {
    return this.servers.length === 0;
  }

  async listen(host: string, port: number): Promise<void> {
    const server = createServer(
      {
        maxHeaderSize: maxHeaderBytes,
        headersTimeout: maxRequestTime,
        requestTimeout: maxRequestTime,
        connectionsCheckingInterval: 1_000,
      },
      (request, response) => {
        this.serve(request, response);
      },
    );
    server.maxRequestsPerSocket = 1;
    server.on('connection', (socket) => {
      this.keep(socket);
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ host, port, exclusive: true }, resolve);
    });
    // Without a listener, an error such as too many open files would be an uncaught exception of the extension host.
    server.on('error', () => undefined);
    this.servers.push(server);
  }

  async close(): Promise<void> {
    const closed = this.servers.map(
      (server) =>
        new Promise<void>((resolve) => {
          server.close(() => {
            resolve();
          });
        }),
    );
    const { browser } = this; // destroying its socket at once could lose the page, which may not have been sent yet
    for (const socket of this.sockets) {
      if (socket !== browser) socket.destroy();
    }
    if (browser?.destroyed === false) {
      const sent = new Promise<void>((resolve) => browser.once('close', resolve));
      await within(this.clock, maxPageTime, sent, () => undefined);
      browser.destroy();
    }
    await Promise.all(closed);
  }

  private keep(socket: Socket): void {
    this.sockets.add(socket);
    socket.once('close', () => {
      this.sockets.delete(socket);
    });
    const [oldest] = this.sockets;
    if (this.sockets.size > maxConnections) oldest?.destroy();
  }

  private serve(request: IncomingMessage, response: ServerResponse): void {
    const stray = strayAnswer(request, this.address);
    if (stray !== undefined) {
      response.writeHead(stray.status, { ...stray.headers, Connection: 'close' }).end(stray.text);
      return;
    }
    const { url = '' } = request;
    const page = this.answer(new URLSearchParams(url.slice(this.address.pathname.length)));
    if (page !== 'unexpected') this.browser = request.socket;
    response
      .writeHead(page === 'unexpected' ? 400 : 200, { ...pageHeaders, Connection: 'close' })
      .end(callbackPage(page));
  }
}
