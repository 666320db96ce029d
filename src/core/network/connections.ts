import * as http from 'node:http';
import * as https from 'node:https';
import type { Socket } from 'node:net';
import * as tls from 'node:tls';
import type { Route } from './choice';
import type { TlsMaterial } from './tls/tlsMaterial';
import { serverName, Silence, tunnel } from './tunnel';

/** How long a connection waits for its next request (milliseconds): less than servers usually wait. */
const longestIdle = 4_000;
/** How long a connection may take to be there (milliseconds). */
const longestConnect = 10_000;

/** The connections over one route, which are kept for a while. */
export interface Connections {
  /** For `http:` or `https:`. */
  readonly agent: (protocol: string) => http.Agent;
  /** Closes those that wait. Those in use are closed as soon as their answers are there. */
  readonly close: () => void;
}

/** @param proxyStrictSSL whether the certificate of a proxy is verified; that of a server always is */
export function connections(route: Route, { servers, proxy }: TlsMaterial, proxyStrictSSL: boolean): Connections {
  // Explicit, because NODE_TLS_REJECT_UNAUTHORIZED=0 reverses the default for the whole process.
  const verified = { secureContext: servers, rejectUnauthorized: true };
  const kept = { keepAlive: true, timeout: longestIdle };
  const plain = new http.Agent(kept);
  const secure = new https.Agent({ ...kept, ...verified });
  if (route.kind === 'direct') {
    for (const agent of [plain, secure]) {
      const connect = agent.createConnection.bind(agent);
      agent.createConnection = (options) => timed(connect(options) as Socket);
    }
  } else {
    const verification = { secureContext: proxy, rejectUnauthorized: proxyStrictSSL };
    const through = async ({ host, port }: http.ClientRequestArgs): Promise<Socket> =>
      await tunnel({ host: host ?? '', port: port ?? '' }, route.proxy, verification);
    plain.createConnection = later(through);
    secure.createConnection = later(async (options) => {
      const socket = await through(options);
      const host = options.host ?? '';
      return timed(tls.connect({ ...verified, socket, host, servername: serverName(host) }));
    });
  }
  return {
    agent: (protocol) => (protocol === 'https:' ? secure : plain),
    close: () => {
      for (const agent of [plain, secure]) {
        agent.maxFreeSockets = 0;
        for (const socket of Object.values(agent.freeSockets).flat()) socket?.destroy();
      }
    },
  };
}

/** Makes a function whose promise keeps the contract of `createConnection`. */
function later(connect: (options: http.ClientRequestArgs) => Promise<Socket>): http.Agent['createConnection'] {
  return (options, callback) => {
    connect(options).then(
      (socket) => callback?.(null, socket),
      (error: unknown) => callback?.(error as Error, undefined as never),
    );
    return undefined;
  };
}

/** Ends a connection that is not there in time. Later, nothing times out. */
function timed(socket: Socket): Socket {
  const end = (): void => {
    socket.destroy(new Silence());
  };
  return socket
    .setTimeout(longestConnect, end)
    .once(socket instanceof tls.TLSSocket ? 'secureConnect' : 'connect', () => {
      socket.setTimeout(0, end);
    });
}
