import { X509Certificate } from 'node:crypto';
import * as plainHttp from 'node:http';
import * as plainHttps from 'node:https';
import type { Socket } from 'node:net';
import * as tls from 'node:tls';
// Without `node:`, because VS Code hands its own `https`, which knows its proxy settings, to that name only
// (`src/vs/workbench/api/node/proxyResolver.ts`, `configureModuleLoading`).
import * as hostHttps from 'https';
import type { Choice } from './choice';
import type { ProxyAddress } from './proxyAddress';
import type { TlsMaterial } from './tlsMaterial';
import { ProxyConnectionError } from './transportError';

/** Who vouches for a server. */
export interface PeerCertificates {
  /** Who signed the server's certificate, by the name in it. */
  readonly issuer: string;
  /** The last authority that the server shows. */
  readonly top: string;
  /** The last day, such as `2027-01-31`; undefined where what the certificate says is no date. */
  readonly validUntil: string | undefined;
  /** Whether a public authority, one of those that Node ships, stands at the end. */
  readonly isPublic: boolean;
  /** What does not hold, such as `CERT_HAS_EXPIRED`. */
  readonly problem: string | undefined;
}

/** What the explicit client would connect with. */
export interface Trust {
  readonly material: TlsMaterial;
  readonly proxyStrictSSL: boolean;
}

/**
 * Looks at the certificates of a server on the way that a sign-in would take. Believes any, so sends nothing but
 * `HEAD /`. A proxy is believed no more than at a sign-in, because it gets its password.
 *
 * @param trust undefined for the host's client
 * @throws whatever kept the connection from coming about
 */
export async function peerCertificates(
  url: URL,
  choice: Choice,
  trust: Trust | undefined,
  signal: AbortSignal,
): Promise<PeerCertificates | undefined> {
  const common = { method: 'HEAD', rejectUnauthorized: false, signal } as const;
  if (choice.client === 'host' || trust === undefined) {
    return await look(hostHttps.request(url, common));
  }
  const secure = { ...common, secureContext: trust.material.servers };
  if (choice.route === 'unreadable' || choice.route.kind === 'direct') {
    return await look(plainHttps.request(url, { ...secure, agent: false }));
  }
  const socket = await tunnel(url, choice.route.proxy, trust, signal);
  const createConnection = (): Socket => tls.connect({ ...secure, socket, servername: url.hostname });
  return await look(plainHttps.request(url, { ...secure, createConnection }));
}

async function tunnel(
  { hostname, port }: URL,
  proxy: ProxyAddress,
  { material, proxyStrictSSL }: Trust,
  signal: AbortSignal,
): Promise<Socket> {
  const path = `${hostname}:${port === '' ? '443' : port}`;
  const authorization = proxy.authorization === undefined ? {} : { 'proxy-authorization': proxy.authorization };
  const options = { method: 'CONNECT', path, headers: { host: path, ...authorization }, agent: false, signal } as const;
  // passed on to tls.connect, though the types do not say so
  const believing = { secureContext: material.proxy, rejectUnauthorized: proxyStrictSSL };
  const request = proxy.secure
    ? plainHttps.request(proxy.origin, { ...options, ...believing })
    : plainHttp.request(proxy.origin, options);
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

/** In undici's words, so that one classification serves for both. */
class ProxyRefusal extends Error {
  readonly code = 'UND_ERR_ABORTED';

  constructor(status: number) {
    super(`Proxy response (${status})`);
  }
}

async function look(request: plainHttp.ClientRequest): Promise<PeerCertificates | undefined> {
  try {
    return await new Promise((resolve, reject) => {
      request
        .on('response', ({ socket }) => {
          resolve(shown(socket));
        })
        .on('error', reject)
        .end();
    });
  } finally {
    request.destroy();
  }
}

/** Rejects where it fails: thrown out of a listener, an error would reach nobody but the process. */
async function shown(socket: Socket): Promise<PeerCertificates | undefined> {
  return socket instanceof tls.TLSSocket ? describe(socket) : undefined;
}

function describe(socket: tls.TLSSocket): PeerCertificates | undefined {
  return describeChain(chain(socket), socket.authorized ? undefined : codeOf(socket.authorizationError));
}

/**
 * What a chain of certificates says of itself. Pure.
 *
 * @param certificates from the server's own upwards
 */
export function describeChain(
  certificates: readonly X509Certificate[],
  problem: string | undefined,
): PeerCertificates | undefined {
  const [leaf, ...others] = certificates;
  if (leaf === undefined) {
    return undefined;
  }
  const top = others.at(-1) ?? leaf;
  return {
    issuer: nameIn(leaf.issuer),
    top: nameIn(top.issuer),
    validUntil: dayOf(leaf.validTo),
    isPublic: isPublic(top),
    problem,
  };
}

function dayOf(time: string): string | undefined {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString().slice(0, 10);
}

/** From the server's own certificate upwards, as far as it shows. */
function chain(socket: tls.TLSSocket): readonly X509Certificate[] {
  const found: X509Certificate[] = [];
  const seen = new Set<string>();
  // Empty where the session was resumed; the last one is its own issuer, or has none.
  let next = socket.getPeerCertificate(true) as Partial<tls.DetailedPeerCertificate> | undefined;
  while (next?.raw !== undefined && !seen.has(next.raw.toString('base64'))) {
    seen.add(next.raw.toString('base64'));
    found.push(new X509Certificate(next.raw));
    next = next.issuerCertificate;
  }
  return found;
}

function isPublic(top: X509Certificate): boolean {
  return tls.rootCertificates.some((pem) => {
    const root = new X509Certificate(pem);
    return root.fingerprint256 === top.fingerprint256 || (root.subject === top.issuer && top.verify(root.publicKey));
  });
}

/** The organisation, or the common name, in `C=US\nO=DigiCert Inc\nCN=…`. */
function nameIn(distinguished: string): string {
  const field = (name: string): string | undefined => new RegExp(`^${name}=(.+)$`, 'm').exec(distinguished)?.[1];
  return field('O') ?? field('CN') ?? 'an authority without a name';
}

/** Node types it as an `Error`; it is the code, or an error with one. */
function codeOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : error;
  return typeof code === 'string' && /^[A-Z0-9_]+$/.test(code) ? code : 'UNKNOWN';
}
