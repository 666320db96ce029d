import * as http from 'node:http';
import * as https from 'node:https';
import { isIP, type Socket } from 'node:net';
import type { SecureContext } from 'node:tls';
import type { ProxyAddress } from './proxyAddress';
import { ProxyConnectionError } from './transportError';

/** A proxy that is silent for this long is taken for unreachable (milliseconds). It may have to wait for a distant server. */
const longestSilence = 30_000;

/** How the TLS connection to the proxy itself is verified. */
export interface ProxyVerification {
  readonly secureContext: SecureContext;
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
  { origin, secure, authorization }: ProxyAddress,
  verification: ProxyVerification,
  signal?: AbortSignal,
): Promise<Socket> {
  const path = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  const headers = { host: path, ...(authorization === undefined ? {} : { 'proxy-authorization': authorization }) };
  const options = {
    method: 'CONNECT',
    path,
    headers,
    agent: false,
    timeout: longestSilence,
    ...(signal === undefined ? {} : { signal }),
  };
  // Node would ask the proxy for the certificate of the host in the `host` header
  const servername = serverName(new URL(origin).hostname);
  const request = secure
    ? https.request(origin, { ...options, ...verification, servername })
    : http.request(origin, options);
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

/** The name that a server is asked for in the TLS handshake: none for an address (RFC 6066 section 3). */
export function serverName(host: string): string {
  return isIP(host.replace(/^\[|\]$/g, '')) === 0 ? host : '';
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
