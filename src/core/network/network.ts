import type { HttpClient, HttpRequest, HttpResponse, TransportFailure } from '../oauth/httpClient';
import { choose, routeTo, type Choice, type Route } from './choice';
import { guarded } from './exchange';
import type { ExplicitClient } from './explicitClient';
import { hostExchange } from './hostFetch';
import type { NetworkSettings } from './networkSettings';
import { classifyTransportError } from './transportError';

export interface NetworkParts {
  readonly userAgent: string;
  /** Called before each request: no secret goes to a host that is not trusted at that moment. */
  readonly mayReceiveSecrets: (url: string) => Promise<boolean>;
  /** Returns the same object until the user changes a setting. */
  readonly settings: () => NetworkSettings;
  /** The passphrase of the client certificate's key. Called only if the key is encrypted. */
  readonly passphrase: () => Promise<string | undefined>;
  readonly env: NodeJS.ProcessEnv;
  /** Called when the choice for a host differs from the last one. */
  readonly onChoice: (host: string, choice: Choice) => void;
}

/** All requests go through here, each by the client that the current settings require. */
export class Network implements HttpClient {
  private readonly guarded: HttpClient;
  private readonly reported = new Map<string, Choice['why']>();
  private explicit: { readonly settings: NetworkSettings; readonly client: Promise<ExplicitClient> } | undefined;

  constructor(private readonly parts: NetworkParts) {
    this.guarded = guarded(parts.mayReceiveSecrets, (request, signal) => this.exchange(request, signal));
  }

  send(request: HttpRequest, signal: AbortSignal): Promise<HttpResponse | TransportFailure> {
    return this.guarded.send(request, signal);
  }

  /** Which client would send a request to this address now. */
  choice(url: string): Choice {
    return choose(new URL(url), this.parts.settings(), this.parts.env);
  }

  /** Closes the connections of the explicit client; running requests finish. */
  dispose(): void {
    void this.explicit?.client.then(
      (client) => {
        client.close();
      },
      () => undefined,
    );
    this.explicit = undefined;
  }

  private async exchange(request: HttpRequest, signal: AbortSignal): Promise<HttpResponse | TransportFailure> {
    const choice = this.choice(request.url);
    this.report(new URL(request.url).host, choice);
    if (choice.client === 'host' && request.secretInUrl === true) {
      const route = routeTo(new URL(request.url), this.parts.settings(), this.parts.env);
      return await this.explicitExchange(request, route, signal);
    }
    if (choice.client === 'host') {
      this.dispose();
      return await this.hostExchange(request, choice.hasUnusableProxy, signal);
    }
    return await this.explicitExchange(request, choice.route, signal);
  }

  private async explicitExchange(
    request: HttpRequest,
    route: Route | 'unreadable',
    signal: AbortSignal,
  ): Promise<HttpResponse | TransportFailure> {
    return route === 'unreadable'
      ? { kind: 'failure', code: 'proxySetting' }
      : await (await this.explicitClient()).exchange(request, route, signal);
  }

  /**
   * If VS Code mistakes part of the proxy's password for its host and cannot find that host, the proxy address is
   * wrong.
   */
  private async hostExchange(
    request: HttpRequest,
    hasUnusableProxy: boolean,
    signal: AbortSignal,
  ): Promise<HttpResponse | TransportFailure> {
    try {
      return await hostExchange(request, this.parts.userAgent, signal);
    } catch (error) {
      if (hasUnusableProxy && !signal.aborted && classifyTransportError(error, request.url).code === 'proxy') {
        return { kind: 'failure', code: 'proxySetting' };
      }
      throw error;
    }
  }

  private report(host: string, choice: Choice): void {
    if (this.reported.get(host) !== choice.why) {
      this.reported.set(host, choice.why);
      this.parts.onChoice(host, choice);
    }
  }

  /** Loads undici at first use: it has some 300 kB, and few users need it. */
  private explicitClient(): Promise<ExplicitClient> {
    const { passphrase, userAgent } = this.parts;
    const settings = this.parts.settings();
    if (this.explicit?.settings !== settings) {
      this.dispose();
      const client = import('./explicitClient').then(
        ({ ExplicitClient }) => new ExplicitClient(settings, passphrase, userAgent),
      );
      this.explicit = { settings, client };
      client.catch(() => {
        if (this.explicit?.client === client) {
          this.explicit = undefined; // after a failed load, the next request tries again
        }
      });
    }
    return this.explicit.client;
  }
}
