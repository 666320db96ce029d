import type { Upstream, UpstreamRequest, UpstreamResponse } from '../localProxy/upstream';
import type { HttpClient, HttpRequest, HttpResponse, TransportFailure } from '../oauth/httpClient';
import { choose, routeTo, type Choice, type Route } from './choice';
import { checked } from './exchange';
import type { ExplicitClient } from './explicitClient';
import { hostExchange } from './hostFetch';
import type { NetworkSettings } from './networkSettings';
import { classifyTransportError } from './transportError';
import { openWithHost } from './upstream/hostUpstream';
import { retriedOnStaleConnection } from './upstream/staleConnection';

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
export class Network implements HttpClient, Upstream {
  private readonly reported = new Map<string, Choice['why']>();
  private explicit: { readonly settings: NetworkSettings; readonly client: Promise<ExplicitClient> } | undefined;

  constructor(private readonly parts: NetworkParts) {}

  send(request: HttpRequest, signal: AbortSignal): Promise<HttpResponse | TransportFailure> {
    return this.exchange(request.url, signal, {
      onlyExplicit: request.secretInUrl === true,
      byHost: () => hostExchange(request, this.parts.userAgent, signal),
      byExplicit: (client, route) => client.exchange(request, route, signal),
    });
  }

  open(request: UpstreamRequest, signal: AbortSignal): Promise<UpstreamResponse | TransportFailure> {
    return retriedOnStaleConnection(request, signal, () =>
      this.exchange(request.url, signal, {
        onlyExplicit: false,
        byHost: () => openWithHost(request, this.parts.userAgent, signal),
        byExplicit: (client, route) => client.open(request, route, signal),
      }),
    );
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

  private exchange<Answer>(
    url: string,
    signal: AbortSignal,
    { onlyExplicit, byHost, byExplicit }: Ways<Answer>,
  ): Promise<Answer | TransportFailure> {
    return checked(this.parts.mayReceiveSecrets, url, signal, async () => {
      const choice = this.choice(url);
      this.report(new URL(url).host, choice);
      if (choice.client === 'host' && !onlyExplicit) {
        this.dispose();
        return await namingTheProxySetting(url, choice.hasUnusableProxy, signal, byHost);
      }
      const route =
        choice.client === 'host' ? routeTo(new URL(url), this.parts.settings(), this.parts.env) : choice.route;
      return route === 'unreadable'
        ? { kind: 'failure', code: 'proxySetting' }
        : await byExplicit(await this.explicitClient(), route);
    });
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

/** How either client sends one request. */
interface Ways<Answer> {
  /** The host must not see its URL. */
  readonly onlyExplicit: boolean;
  readonly byHost: () => Promise<Answer | TransportFailure>;
  readonly byExplicit: (client: ExplicitClient, route: Route) => Promise<Answer | TransportFailure>;
}

/** If VS Code mistakes part of the proxy's password for its host and cannot find that host, the proxy address is wrong. */
async function namingTheProxySetting<Answer>(
  url: string,
  hasUnusableProxy: boolean,
  signal: AbortSignal,
  send: () => Promise<Answer>,
): Promise<Answer | TransportFailure> {
  try {
    return await send();
  } catch (error) {
    if (hasUnusableProxy && !signal.aborted && classifyTransportError(error, url).code === 'proxy') {
      return { kind: 'failure', code: 'proxySetting' };
    }
    throw error;
  }
}
