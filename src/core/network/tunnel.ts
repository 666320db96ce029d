import { ClientRequest } from 'node:http';
import * as net from 'node:net';
import * as tls from 'node:tls';
import type { ProxyAddress } from './proxyAddress';
import { ProxyConnectionError } from './transportError';

/** A proxy that is silent for this long is taken for unreachable (milliseconds). It may have to wait for a distant server. */
const longestSilence = 30_000;

/** How the TLS connection to the proxy itself is verified. */
export interface ProxyVerification {
  readonly secureContext: tls.SecureContext;
  readonly rejectUnauthorized: boolean;
}

/**
 * A connection to a server through a proxy.
 *
 * @param host without brackets
 * @throws {ProxyConnectionError} or a refusal of the proxy
 */
export async function tunnel(
  { host, port }: { readonly host: string; readonly port: number | string },
  { origin, authorization }: ProxyAddress,
  verification: ProxyVerification,
  signal?: AbortSignal,
): Promise<net.Socket> {
  const path = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  const headers = { host: path, ...(authorization === undefined ? {} : { 'proxy-authorization': authorization }) };
  const createConnection = (): net.Socket => toProxy(new URL(origin), verification);
  const request = new ClientRequest({
    method: 'CONNECT',
    path,
    headers,
    createConnection,
    timeout: longestSilence,
    ...(signal === undefined ? {} : { signal }),
  });
  return await new Promise((resolve, reject) => {
    request
      .on('connect', ({ statusCode }, socket, head) => {
        if (statusCode !== 200) {
          socket.destroy();
          reject(new ProxyRefusal(statusCode ?? 0));
          return;
        }
        if (head.length > 0) socket.unshift(head);
        resolve(socket.setTimeout(0));
      })
      .on('timeout', () => request.destroy(new Silence()))
      .on('error', (error) => {
        reject(new ProxyConnectionError(error));
      })
      .end();
  });
}

function toProxy({ protocol, hostname, port }: URL, verification: ProxyVerification): net.Socket {
  const host = hostname.replace(/^\[|\]$/g, '');
  const timeout = longestSilence;
  return protocol === 'https:'
    ? tls.connect({ ...verification, host, port: Number(port || 443), servername: serverName(host), timeout })
    : net.connect({ host, port: Number(port || 80), timeout });
}

/** The name that a server is asked for in the TLS handshake: none for an address (RFC 6066 section 3). */
export function serverName(host: string): string {
  return net.isIP(host) === 0 ? host : '';
}

/** No answer, as the system reports it after a longer time. */
export class Silence extends Error {
  readonly code = 'ETIMEDOUT';
}

/** Worded like undici's error in the host's `fetch`, so that `classifyTransportError` recognises both. */
class ProxyRefusal extends Error {
  readonly code = 'UND_ERR_ABORTED';

  constructor(status: number) {
    super(`Proxy response (${status})`);
  }
}
