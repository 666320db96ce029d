import * as l10n from '@vscode/l10n';
import { X509Certificate } from 'node:crypto';
import { ClientRequest } from 'node:http';
import type { Socket } from 'node:net';
import * as tls from 'node:tls';
// Without `node:`, because some versions of VS Code replace `https` under that name only, with one that uses their proxy
// settings (`src/vs/workbench/api/node/proxyResolver.ts`).
import * as hostHttps from 'https';
import { addressTimeout } from '../addressTimeout';
import type { Choice } from '../choice';
import type { Trust } from './tlsMaterial';
import { bare, serverName, tunnel } from './tunnel';

/** The certificates that a server presents, and who issued them. */
export interface PeerCertificates {
  /** The issuer named in the server's certificate. */
  readonly issuer: string;
  /** The topmost authority in the chain that the server sends. */
  readonly top: string;
  /** The expiry date, such as `2027-01-31`; undefined if the certificate contains no valid date. */
  readonly validUntil: string | undefined;
  /** Whether the chain ends at one of the public authorities that Node includes. */
  readonly isPublic: boolean;
  /** Why verification failed, such as `CERT_HAS_EXPIRED`. */
  readonly problem: string | undefined;
}

/**
 * Reads the certificates of a server over the route that a sign-in would take. Accepts any certificate of the server,
 * so it sends nothing but `HEAD /`. A proxy is verified as at a sign-in, because it receives the proxy's password.
 *
 * @param trust undefined for the host's client
 * @throws the error that prevented the connection
 */
export async function peerCertificates(
  url: URL,
  choice: Choice,
  trust: Trust | undefined,
  signal: AbortSignal,
): Promise<PeerCertificates | undefined> {
  if (choice.client === 'host' || trust === undefined) {
    return await read(hostHttps.request(url, { method: 'HEAD', rejectUnauthorized: false, signal }));
  }
  const server = { host: url.hostname, port: Number(url.port || 443) };
  const proxy = choice.route === 'unreadable' || choice.route.kind === 'direct' ? undefined : choice.route.proxy;
  const socket = proxy === undefined ? undefined : await tunnel(server, proxy, trust, signal);
  const createConnection = (): Socket =>
    tls.connect({
      ...addressTimeout,
      ...server,
      host: bare(server.host), // also where a socket is given: an address is compared with the certificate
      ...(socket === undefined ? {} : { socket }),
      servername: serverName(server.host),
      secureContext: trust.material.servers,
      rejectUnauthorized: false,
    });
  // not `https.request`: VS Code puts one into the module that takes its own way (`proxyResolver.ts`)
  return await read(new ClientRequest({ method: 'HEAD', headers: { host: url.host }, createConnection, signal }));
}

async function read(request: ClientRequest): Promise<PeerCertificates | undefined> {
  try {
    return await new Promise((resolve, reject) => {
      request
        .on('response', ({ socket }) => {
          resolve(peerOf(socket));
        })
        .on('error', reject)
        .on('close', () => {
          reject(new Error('No answer')); // all that Node says of a server that switches protocols unasked (101)
        })
        .end();
    });
  } finally {
    request.destroy();
  }
}

/** Async, so that it rejects: an error thrown in a listener would be an uncaught exception. */
async function peerOf(socket: Socket): Promise<PeerCertificates | undefined> {
  return socket instanceof tls.TLSSocket ? describe(socket) : undefined;
}

function describe(socket: tls.TLSSocket): PeerCertificates | undefined {
  return describeChain(chain(socket), socket.authorized ? undefined : codeOf(socket.authorizationError));
}

/**
 * Describes a chain of certificates. Pure.
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

/** The certificates that the server sends, from its own upwards. */
function chain(socket: tls.TLSSocket): readonly X509Certificate[] {
  const found: X509Certificate[] = [];
  const seen = new Set<string>();
  // Empty if the TLS session was resumed. The last certificate is its own issuer or has none.
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
  return (
    field('O') ??
    field('CN') ??
    l10n.t({
      message: 'an authority without a name',
      args: [],
      comment: ['Stands for the name of who has signed a certificate'],
    })
  );
}

/** Node types it as an `Error`, but it is the code or an error with a code. */
function codeOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : error;
  return typeof code === 'string' && /^[A-Z0-9_]+$/.test(code) ? code : 'UNKNOWN';
}
