import { ClientRequest, type RequestOptions } from 'node:http';
import { urlToHttpOptions } from 'node:url';
import type { HttpRequest, HttpResponse, TransportFailure } from '../oauth/httpClient';
import type { HeaderList, UpstreamRequest, UpstreamResponse } from '../localProxy/upstream';
import { CertificateFileError } from './tls/certificateFiles';
import type { Route } from './choice';
import { connections, type Connections } from './connections';
import { decoded } from './contentEncoding';
import { asText, readBody } from './exchange';
import type { NetworkSettings } from './networkSettings';
import { tlsMaterial, type TlsMaterial } from './tls/tlsMaterial';
import { isTlsCode } from './tls/tlsCode';
import { classifyTransportError } from './transportError';
import { sentByModule } from './upstream/nodeRequest';
import { upstreamResponse, type Received } from './upstream/received';
import { sentHeaders, valueOf } from './upstream/sentHeaders';

/**
 * Requests of Node with connections of ours, for one set of settings. The host's `fetch` cannot do this: of a dispatcher passed to
 * it, it uses only `ca` (`@vscode/proxy-agent`, `createFetchPatch`).
 */
export class ExplicitClient {
  private material: Promise<TlsMaterial> | undefined;
  /** Origins that have answered since the files were read. */
  private readonly answered = new Set<string>();
  private readonly routes = new Map<string, Promise<Connections>>();

  constructor(
    private readonly settings: NetworkSettings,
    private readonly passphrase: () => Promise<string | undefined>,
    private readonly userAgent: string,
  ) {}

  async exchange(
    { method, url, headers, body }: HttpRequest,
    route: Route,
    signal: AbortSignal,
  ): Promise<HttpResponse | TransportFailure> {
    return await this.withFreshFiles<HttpResponse | TransportFailure>(url, signal, async () => {
      const sent: HeaderList = [
        ...Object.entries(headers),
        ['user-agent', this.userAgent],
        ['accept-encoding', 'identity'], // a gateway may still encode the body
        ...(body === undefined ? [] : [['content-length', String(Buffer.byteLength(body))] as const]),
      ];
      const request = { method, url, headers: sent, ...(body === undefined ? {} : { body: onePart(body) }) };
      const received = await this.sent(request, sent, route, signal);
      const answerHeaders = flat(received.headers);
      const encoded = await readBody(received.body);
      const bytes = encoded === undefined ? undefined : await decoded(encoded, answerHeaders['content-encoding']);
      return bytes === undefined
        ? { kind: 'failure', code: 'tooLarge' }
        : { kind: 'response', status: received.status, headers: answerHeaders, body: asText(bytes) };
    });
  }

  /** Like `exchange`, but the bodies of request and response are streams. */
  async open(
    request: UpstreamRequest,
    route: Route,
    signal: AbortSignal,
  ): Promise<UpstreamResponse | TransportFailure> {
    return await this.withFreshFiles(request.url, signal, async () => {
      const headers = sentHeaders(request, this.userAgent);
      const received = await this.sent(request, headers, route, signal);
      return upstreamResponse(request, received, 'here');
    });
  }

  /** Closes the connections; running requests finish. */
  close(): void {
    for (const created of this.routes.values()) {
      created.then(
        ({ close }) => {
          close();
        },
        () => undefined,
      );
    }
    this.routes.clear();
    this.answered.clear();
    this.material = undefined;
  }

  /** After a failure that the files may have caused, they are read again next time: the user may be correcting them. */
  private async withFreshFiles<Answer>(
    url: string,
    signal: AbortSignal,
    send: () => Promise<Answer>,
  ): Promise<Answer | TransportFailure> {
    const { origin } = new URL(url);
    try {
      const answer = await send();
      this.answered.add(origin);
      return answer;
    } catch (error) {
      const isFile = error instanceof CertificateFileError;
      if (isFile || (!signal.aborted && this.mayComeFromFiles(origin, classifyTransportError(error, url)))) {
        this.close();
      }
      if (isFile) {
        return error.failure;
      }
      throw error;
    }
  }

  /** A server that requires another client certificate just closes the connection. */
  private mayComeFromFiles(origin: string, { nodeCode = '' }: TransportFailure): boolean {
    return isTlsCode(nodeCode) || (this.settings.clientCertificate !== undefined && !this.answered.has(origin));
  }

  private async sent(
    request: UpstreamRequest,
    headers: HeaderList,
    route: Route,
    signal: AbortSignal,
  ): Promise<Received> {
    const { protocol } = new URL(request.url);
    const { agent } = await this.connections(route);
    signal.throwIfAborted();
    return await sentByModule(plainRequest, request, headers, { agent: agent(protocol), signal });
  }

  private connections(route: Route): Promise<Connections> {
    const key = route.kind === 'direct' ? '' : route.proxy.origin;
    let created = this.routes.get(key);
    if (created === undefined) {
      created = this.connect(route);
      this.routes.set(key, created);
      created.catch(() => {
        this.close();
      });
    }
    return created;
  }

  private async connect(route: Route): Promise<Connections> {
    this.material ??= tlsMaterial(this.settings, this.passphrase);
    return connections(route, await this.material, this.settings.proxyStrictSSL);
  }
}

/** What `request` of Node's modules does. VS Code replaces that, under each of its names, by one that chooses the connection. */
function plainRequest(url: URL, options: RequestOptions): ClientRequest {
  return new ClientRequest({ ...urlToHttpOptions(url), ...options });
}

async function* onePart(body: string): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(Buffer.from(body));
}

function flat(headers: HeaderList): Record<string, string> {
  const names = new Set(headers.map(([name]) => name.toLowerCase()));
  return Object.fromEntries([...names].map((name) => [name, valueOf(headers, name) ?? '']));
}
