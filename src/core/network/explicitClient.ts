import openTunnel from 'undici/lib/api/api-connect.js';
import Agent from 'undici/lib/dispatcher/agent.js';
import Pool from 'undici/lib/dispatcher/pool.js';
import ProxyAgent from 'undici/lib/dispatcher/proxy-agent.js';
import type { Dispatcher } from 'undici';
import type { HttpRequest, HttpResponse, TransportFailure } from '../oauth/httpClient';
import type { HeaderList, UpstreamRequest, UpstreamResponse } from '../localProxy/upstream';
import { CertificateFileError } from './tls/certificateFiles';
import { addressTimeout } from './addressTimeout';
import type { Route } from './choice';
import { decoded } from './contentEncoding';
import { asText, readBody } from './exchange';
import type { NetworkSettings } from './networkSettings';
import { tlsMaterial, type TlsMaterial } from './tls/tlsMaterial';
import { isTlsCode } from './tls/tlsCode';
import { classifyTransportError, ProxyConnectionError } from './transportError';
import { dispatched } from './upstream/dispatched';
import { upstreamResponse } from './upstream/received';
import { sentHeaders, valueOf } from './upstream/sentHeaders';

/**
 * undici with its own dispatchers, for one set of settings. The host's `fetch` cannot do this: of a dispatcher passed to
 * it, it uses only `ca` (`@vscode/proxy-agent`, `createFetchPatch`).
 */
export class ExplicitClient {
  private material: Promise<TlsMaterial> | undefined;
  /** Origins that have answered since the files were read. */
  private readonly answered = new Set<string>();
  private readonly dispatchers = new Map<string, Promise<Dispatcher>>();

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
      // a gateway may still encode the body
      const sent = { ...headers, 'user-agent': this.userAgent, 'accept-encoding': 'identity' };
      const request = { method, url, ...(body === undefined ? {} : { body }) };
      const received = await dispatched(await this.dispatcher(route), request, Object.entries(sent), signal);
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
      const received = await dispatched(await this.dispatcher(route), request, headers, signal);
      return upstreamResponse(request, received, 'here');
    });
  }

  /** Closes the connections; running requests finish. */
  close(): void {
    for (const created of this.dispatchers.values()) {
      void created.then((dispatcher) => dispatcher.close()).catch(() => undefined);
    }
    this.dispatchers.clear();
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

  private dispatcher(route: Route): Promise<Dispatcher> {
    const key = route.kind === 'direct' ? '' : route.proxy.origin;
    let created = this.dispatchers.get(key);
    if (created === undefined) {
      created = this.create(route);
      this.dispatchers.set(key, created);
      created.catch(() => {
        this.close();
      });
    }
    return created;
  }

  private async create(route: Route): Promise<Dispatcher> {
    this.material ??= tlsMaterial(this.settings, this.passphrase);
    const { servers, proxy } = await this.material;
    // Explicit, because NODE_TLS_REJECT_UNAUTHORIZED=0 reverses the default for the whole process.
    const verified = { ...addressTimeout, secureContext: servers, rejectUnauthorized: true };
    if (route.kind === 'direct') {
      return new Agent({ connect: verified });
    }
    const { origin, authorization } = route.proxy;
    return new ProxyAgent({
      uri: origin,
      ...(authorization === undefined ? {} : { token: authorization }),
      requestTls: verified,
      proxyTls: { ...addressTimeout, secureContext: proxy, rejectUnauthorized: this.settings.proxyStrictSSL },
      clientFactory: toProxy,
    });
  }
}

/** The connection to the proxy itself. Its failures are marked as failures of the proxy. */
function toProxy(origin: URL, options: object): Dispatcher {
  const { connect: reach } = options as { connect: Connector };
  const pool = new Pool(origin, {
    connect: (to: object, callback: ConnectCallback) => {
      reach(to, (error, socket) => {
        if (error === null) {
          callback(null, socket);
        } else {
          callback(new ProxyConnectionError(error), null);
        }
      });
    },
  } as ConstructorParameters<typeof Pool>[1]);
  const connect = async (options: Dispatcher.ConnectOptions): Promise<Dispatcher.ConnectData> => {
    try {
      return await (openTunnel<null>).call(pool, options);
    } catch (error) {
      throw new ProxyConnectionError(error); // after UND_ERR_SOCKET, undici would connect again without end (nodejs/undici#3897)
    }
  };
  return Object.assign(pool, { connect });
}

type ConnectCallback = (error: Error | null, socket: unknown) => void;
type Connector = (options: object, callback: ConnectCallback) => void;

function flat(headers: HeaderList): Record<string, string> {
  const names = new Set(headers.map(([name]) => name.toLowerCase()));
  return Object.fromEntries([...names].map((name) => [name, valueOf(headers, name) ?? '']));
}
