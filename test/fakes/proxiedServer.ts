import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { systemClock, type Clock } from '../../src/core/base/clock';
import type { Failure } from '../../src/core/base/failure';
import { Forwarder } from '../../src/core/localProxy/forwarder';
import type { Permission } from '../../src/core/localProxy/permissions';
import type { ProxiedEnvironment } from '../../src/core/localProxy/proxiedEnvironment';
import type { Session } from '../../src/core/model/session';
import { Network } from '../../src/core/network/network';
import { defaultNetworkSettings } from '../../src/core/network/networkSettings';
import { openRecordingProxy, type RecordingProxy } from './recordingProxy';
import { sampleSession, sampleTokens } from './sampleSession';

/** A token as Reltio's look, longer than what a text could contain by chance, with each character that JSON or URLs escape. */
export const longToken = `s.${'aB3-_~+/'.repeat(40)}==`;

export interface Scene {
  /** What the environment answers. */
  answer: (request: IncomingMessage, response: ServerResponse) => void;
  environments: ProxiedEnvironment[];
  fresh: (environment: ProxiedEnvironment) => Promise<Session>;
  reportRejected: (session: Session) => Promise<boolean>;
  has: (permission: Permission, environment: ProxiedEnvironment, method: string) => Promise<boolean>;
}

/** The proxy server with the real forwarder in front of a server of the test, the environment `dev`. */
export class ProxiedServer {
  readonly scene: Scene;
  readonly seen: IncomingMessage[] = [];
  forwarded = 0;
  readonly sockets = new Set<Socket>();
  /** How many requests the environment has neither answered nor lost. */
  inFlight = 0;

  private constructor(
    readonly proxy: RecordingProxy,
    private readonly network: Network,
    private readonly server: Server,
    scene: Scene,
  ) {
    this.scene = scene;
  }

  static async open(client: 'host' | 'explicit', clock: Clock = systemClock): Promise<ProxiedServer> {
    const listener: RequestListener = (request, response) => {
      opened.seen.push(request);
      opened.inFlight += 1;
      response.once('close', () => (opened.inFlight -= 1));
      scene.answer(request, response);
    };
    const server = createServer(listener).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const scene: Scene = {
      answer: (_request, response) => response.end('ok'),
      environments: [
        { name: 'dev', url, identityServer: 'https://auth.reltio.com', clientId: undefined, production: false },
      ],
      fresh: () => Promise.resolve(sessionWith(longToken, clock)),
      reportRejected: () => Promise.resolve(false),
      has: () => Promise.resolve(true),
    };
    const settings = { ...defaultNetworkSettings, fetchAdditionalSupport: client === 'host' };
    const network = new Network({
      userAgent: 'test',
      mayReceiveSecrets: () => Promise.resolve(true),
      settings: () => settings,
      passphrase: () => Promise.resolve(undefined),
      env: {},
      onChoice: () => undefined,
    });
    const forwarder = new Forwarder({
      upstream: network,
      environments: () => Promise.resolve(scene.environments),
      tokens: {
        fresh: (environment) => scene.fresh(environment),
        reportRejected: (session) => scene.reportRejected(session),
      },
      permissions: { has: (...question) => scene.has(...question) },
      explain: ({ code }: Failure) => `The sentence of ${code}.`,
      onForwarded: () => (opened.forwarded += 1),
      clock,
      log: { info: (...line) => proxy.log.info(...line), warn: (...line) => proxy.log.warn(...line) },
    });
    const proxy: RecordingProxy = await openRecordingProxy((...exchange) => forwarder.forward(...exchange), clock);
    const opened = new ProxiedServer(proxy, network, server, scene);
    server.on('connection', (socket: Socket) => {
      opened.sockets.add(socket);
      socket.once('close', () => opened.sockets.delete(socket));
    });
    return opened;
  }

  /** The address of the environment at the proxy. */
  get address(): string {
    return `${this.proxy.origin}/${this.proxy.key}/dev`;
  }

  /** The address of the environment itself. */
  get url(): string {
    return this.scene.environments[0]?.url ?? '';
  }

  async close(): Promise<void> {
    await this.proxy.close(0);
    this.network.dispose();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

export function sessionWith(accessToken: string, clock: Clock = systemClock, validFor = 3_600_000): Session {
  return sampleSession({ tokens: sampleTokens({ accessToken, accessTokenExpiresAt: clock.now() + validFor }) });
}
