import type { AddressInfo } from 'node:net';
import { connect, createServer, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { Server } from 'proxy-chain';
import type { Pem } from './authority';

export interface ProxyOptions {
  /** The port; any free one by default. */
  readonly port?: number;
  /** `user:password` for Basic authentication. */
  readonly credentials?: string;
  /** Refuses every CONNECT with this status. */
  readonly refuses?: 403 | 502;
  /** Uses TLS for the connection to the proxy itself. */
  readonly tls?: Pem;
}

export interface TestProxy {
  readonly port: number;
  /** `http://127.0.0.1:port`, or https. */
  readonly url: string;
  /** Method and target of every request, refused ones included. */
  readonly requests: readonly string[];
  /** How many requests had a client certificate, which the https proxy requests but does not require. */
  readonly certificates: () => number;
  /** Every byte that callers sent. */
  readonly seen: () => Buffer;
  close(): Promise<void>;
}

/**
 * An HTTP proxy on loopback. It resolves every name to this machine, as a company's proxy resolves names that only it
 * can reach.
 */
export async function startProxy({ port = 0, credentials, refuses, tls }: ProxyOptions = {}): Promise<TestProxy> {
  const requests: string[] = [];
  let certificates = 0;
  const server = new Server({
    host: '127.0.0.1',
    port: 0,
    ...(tls === undefined
      ? {}
      : { serverType: 'https' as const, httpsOptions: { ...tls, requestCert: true, rejectUnauthorized: false } }),
    prepareRequestFunction: ({ request, username, password }) => {
      requests.push(`${request.method ?? ''} ${request.url ?? ''}`);
      const { socket } = request;
      if (socket instanceof TLSSocket && socket.getPeerX509Certificate() !== undefined) certificates++;
      if (refuses !== undefined) throw new Refusal(refuses);
      if (credentials !== undefined && `${username}:${password}` !== credentials) throw new Refusal(407);
      return {
        dnsLookup: ((_name: string, options: { all?: boolean }, callback: (...found: unknown[]) => void) => {
          if (options.all === true) callback(null, [{ address: '127.0.0.1', family: 4 }]);
          else callback(null, '127.0.0.1', 4);
        }) as never,
      };
    },
  } as ConstructorParameters<typeof Server>[0]);
  server.on('requestFailed', () => undefined).on('tlsError', () => undefined);
  await server.listen();
  const wire = await listenIn(server.port, port);
  return {
    port: wire.port,
    url: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${wire.port}`,
    requests,
    certificates: () => certificates,
    seen: wire.seen,
    close: async () => {
      await wire.close();
      await server.close(true);
    },
  };
}

/** proxy-chain answers so if the error has this name; its own class loses its name when tests are bundled. */
class Refusal extends Error {
  override readonly name = 'RequestError';
  readonly headers: Record<string, string>;

  constructor(readonly statusCode: number) {
    super('Refused by the tests');
    this.headers = statusCode === 407 ? { 'Proxy-Authenticate': 'Basic realm="Acme"' } : {};
  }
}

/** Forwards one port to another, and records what callers send. */
async function listenIn(
  inner: number,
  outer: number,
): Promise<{ readonly port: number; readonly seen: () => Buffer; readonly close: () => Promise<void> }> {
  const chunks: Buffer[] = [];
  const sockets = new Set<Socket>();
  const pipe = createServer((caller) => {
    const server = connect(inner, '127.0.0.1');
    for (const socket of [caller, server]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
    }
    caller.on('data', (chunk: Buffer) => chunks.push(chunk));
    caller.pipe(server).pipe(caller);
  });
  await new Promise<void>((resolve) => pipe.listen(outer, '127.0.0.1', resolve));
  return {
    port: (pipe.address() as AddressInfo).port,
    seen: () => Buffer.concat(chunks),
    close: () =>
      new Promise((resolve) => {
        pipe.close(() => {
          resolve();
        });
        for (const socket of sockets) socket.destroy();
      }),
  };
}
