import { ClientRequest } from 'node:http';
import { connect, isIP, type Socket } from 'node:net';
import * as tls from 'node:tls';
import { addressTimeout } from '../addressTimeout';
import type { ProxyAddress } from '../proxyAddress';
import { ProxyConnectionError } from '../transportError';
import type { Trust } from './tlsMaterial';

/**
 * Connects to a server through a proxy. The connection is not encrypted yet.
 *
 * @throws {ProxyConnectionError} if the proxy cannot be reached
 * @throws the refusal of the proxy, which `classifyTransportError` recognises
 */
export async function tunnel(
  server: { readonly host: string; readonly port: number },
  { origin, secure, authorization }: ProxyAddress,
  { material, proxyStrictSSL }: Trust,
  signal: AbortSignal,
): Promise<Socket> {
  const proxy = new URL(origin);
  const port = Number(proxy.port || (secure ? 443 : 80));
  const target = { ...addressTimeout, host: bare(proxy.hostname), port };
  const createConnection = (): Socket =>
    secure
      ? tls.connect({
          ...target,
          servername: serverName(proxy.hostname),
          secureContext: material.proxy,
          rejectUnauthorized: proxyStrictSSL,
        })
      : connect(target);
  const path = `${server.host}:${server.port}`;
  const headers = { host: path, ...(authorization === undefined ? {} : { 'proxy-authorization': authorization }) };
  const request = new ClientRequest({ method: 'CONNECT', path, headers, createConnection, signal });
  return await new Promise((resolve, reject) => {
    request
      .on('connect', ({ statusCode }, socket) => {
        if (statusCode === 200) {
          resolve(socket);
          return;
        }
        socket.destroy();
        reject(new ProxyRefusal(statusCode ?? 0));
      })
      .on('error', (error) => {
        reject(new ProxyConnectionError(error));
      })
      .end();
  });
}

/** Without the brackets that an address of IPv6 has in a URL. */
export function bare(host: string): string {
  return host.replace(/^\[|\]$/g, '');
}

/** What TLS asks a server for: its name, and nothing if it has only an address (RFC 6066, section 3). */
export function serverName(host: string): string {
  return isIP(bare(host)) === 0 ? host : '';
}

/** Worded like undici's error, so that `classifyTransportError` recognises both. */
class ProxyRefusal extends Error {
  readonly code = 'UND_ERR_ABORTED';

  constructor(status: number) {
    super(`Proxy response (${status})`);
  }
}
