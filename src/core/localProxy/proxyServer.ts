import { createServer, type IncomingMessage, type Server, type ServerOptions, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { within, type Clock } from '../base/clock';
import { Failure } from '../base/failure';
import type { Log } from '../base/log';
import { admit, isRefusal, type AdmittedRequest } from './admission';
import { answerRefusalOn } from './connections/answerRefusal';
import { brokenRequestCode } from './connections/brokenRequest';
import { Connections } from './connections/connections';
import type { Exchange } from './connections/exchange';
import { refusal, unexpected, type Refusal } from './refusal';
import { RefusalLog } from './connections/refusalLog';

/** What one client may cost. Times in milliseconds. */
export interface ProxyLimits {
  /** How long a client may take to send the head of a request. */
  readonly headTime: number;
  readonly checkInterval: number;
  /** How many connections may be open on which no request with the key has come yet. */
  readonly strangers: number;
}

const defaultLimits: ProxyLimits = { headTime: 10_000, checkInterval: 1_000, strangers: 2_500 };

const options: ServerOptions = {
  insecureHTTPParser: false, // VS Code may run with --insecure-http-parser
  requireHostHeader: false, // Node's own answer has no sentence
  maxHeaderSize: 32 * 1024,
  requestTimeout: 0, // an upload may take hours; an `Exchange` notices one that stopped
  keepAliveTimeout: 120_000, // clients keep connections for a minute, and must not use one while we close it
  noDelay: true,
};

/** How many connections the system may keep for us before we see them. */
const backlog = 4_096;

/** How long the last answers may take to be sent, in milliseconds, when the proxy stops. */
const lastWordTime = 500;

/** Answers the request itself, and logs that. Does nothing if an answer has begun already. */
export type Refuse = (refusal: Refusal) => void;

/**
 * Answers an admitted request. Resolves when nothing more happens to it. If the client leaves, or the proxy stops and its
 * grace is over, the response emits `close`. Must not write to a response whose `headersSent` is true already.
 */
export type Forward = (
  admitted: AdmittedRequest,
  request: IncomingMessage,
  response: ServerResponse,
  refuse: Refuse,
) => Promise<void>;

export interface ProxyServerParts {
  readonly forward: Forward;
  /** Compares in constant time with the key that is valid now. */
  readonly isKey: (candidate: string) => boolean;
  readonly clock: Clock;
  readonly log: Log;
}

/** A server that listens on 127.0.0.1. */
export interface ProxyServer {
  readonly port: number;
  /** Cuts every connection: the key that it was admitted with is no longer valid. */
  endConnections(): void;
  /**
   * Stops listening at once. Requests in progress may finish within the grace (milliseconds); those that have no answer by
   * then get one that says that the proxy stops, and the rest are cut.
   */
  close(grace: number): Promise<void>;
}

/**
 * @param port 0 for any free one
 * @throws {Failure} `localProxyPortTaken`
 */
export async function openProxyServer(
  port: number,
  parts: ProxyServerParts,
  limits: ProxyLimits = defaultLimits,
): Promise<ProxyServer> {
  const server = createServer({
    ...options,
    headersTimeout: limits.headTime,
    connectionsCheckingInterval: limits.checkInterval,
  });
  server.maxHeadersCount = 0; // above its limit, Node leaves headers out, and we would not see them
  const opened = new OpenProxyServer(server, parts, limits);
  try {
    await opened.listen(port);
  } catch (error) {
    throw new Failure('localProxyPortTaken', { port, nodeCode: String((error as NodeJS.ErrnoException).code) });
  }
  return opened;
}

class OpenProxyServer implements ProxyServer {
  port = 0;
  private readonly connections: Connections;
  private isStopping = false;

  constructor(
    private readonly server: Server,
    private readonly parts: ProxyServerParts,
    limits: ProxyLimits,
  ) {
    const refusals = new RefusalLog(parts.log, parts.clock);
    this.connections = new Connections(limits.strangers, parts.clock, ({ code }) => {
      refusals.add(code);
    });
    const serve = (request: IncomingMessage, response: ServerResponse): void => {
      this.serve(request, response).catch(() => request.socket.destroy());
    };
    server
      .on('connection', (socket: Socket) => {
        this.connections.add(socket);
      })
      .on('request', serve)
      .on('checkContinue', serve)
      .on('checkExpectation', serve)
      .on('connect', (_request, socket) => {
        refusals.add('connect');
        answerRefusalOn(socket, refusal('connect'), parts.clock);
      })
      .on('clientError', (error, socket) => {
        this.breakOff(error, socket as Socket);
      })
      // Without a listener, too many open files would be an uncaught exception of the extension host.
      .on('error', () => {
        this.connections.makeRoom();
        this.server.closeIdleConnections();
      });
  }

  async listen(port: number): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('listening', resolve).once('error', reject);
      this.server.listen({ host: '127.0.0.1', port, backlog, exclusive: true });
    });
    this.port = (this.server.address() as AddressInfo).port;
  }

  endConnections(): void {
    this.connections.destroyAll();
  }

  async close(grace: number): Promise<void> {
    this.isStopping = true;
    const closed = new Promise<void>((resolve) => {
      this.server.close(() => {
        resolve();
      });
    });
    for (const exchange of this.connections.exchanges) exchange.announceClose();
    await this.exchangesEnd(grace);
    for (const exchange of this.connections.exchanges) exchange.refuse(refusal('stopping'));
    await this.exchangesEnd(lastWordTime);
    this.connections.destroyAll();
    await closed;
  }

  private async exchangesEnd(milliseconds: number): Promise<void> {
    const ended = Promise.all(this.connections.exchanges.map(({ closed }) => closed));
    await within(this.parts.clock, milliseconds, ended, () => undefined);
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const connection = this.connections.of(request.socket);
    if (connection === undefined || connection.isOver) {
      return;
    }
    const before = connection.open.at(-1);
    const exchange = connection.begin(request, response);
    const admission = this.isStopping ? refusal('stopping') : admit(request, this.port, this.parts.isKey);
    if (isRefusal(admission)) {
      connection.refuse(exchange, admission);
      return;
    }
    this.connections.admit(request.socket);
    await before?.closed; // a change and a request that depends on it may arrive together
    if (request.socket.writable) await this.forward(admission, exchange);
  }

  private async forward(admitted: AdmittedRequest, exchange: Exchange): Promise<void> {
    const { request, response, refuse } = exchange;
    if (this.isStopping) {
      refuse(refusal('stopping'));
      return;
    }
    if (request.headers.expect !== undefined && request.httpVersion === '1.1') response.writeContinue();
    exchange.watchBody();
    try {
      await this.parts.forward(admitted, request, response, refuse);
    } catch {
      // says nothing about what was thrown: it may quote what was being sent
      this.parts.log.warn('local proxy: a request could not be forwarded', { method: request.method ?? '' });
    }
    exchange.finish(unexpected);
  }

  private breakOff(error: NodeJS.ErrnoException, socket: Socket): void {
    const code = brokenRequestCode(error);
    const isUnused = code === 'requestTimeout' && socket.bytesRead === 0; // a client opened it ahead
    if (code === undefined || isUnused) {
      socket.destroy();
    } else {
      this.connections.of(socket)?.breakOff(refusal(code));
    }
  }
}
