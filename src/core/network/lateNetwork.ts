import { isWindowOutdated } from '../base/failure';
import { once } from '../base/once';
import type { Upstream, UpstreamRequest, UpstreamResponse } from '../localProxy/upstream';
import type { HttpClient, HttpRequest, HttpResponse, TransportFailure } from '../oauth/httpClient';
import type { Network, NetworkParts } from './network';

/** The network of the extension, loaded by the first request: a window whose tokens are valid sends none. */
export class LateNetwork implements HttpClient, Upstream {
  /** @throws {Error} if a file of the extension is missing; the next call tries again */
  readonly load: () => Promise<Network>;
  private loaded: Network | undefined;

  constructor(parts: NetworkParts) {
    this.load = once(async () => {
      const { Network } = await import('./network');
      this.loaded = new Network(parts);
      return this.loaded;
    });
  }

  async send(request: HttpRequest, signal: AbortSignal): Promise<HttpResponse | TransportFailure> {
    const network = await this.network();
    return 'kind' in network ? network : await network.send(request, signal);
  }

  async open(request: UpstreamRequest, signal: AbortSignal): Promise<UpstreamResponse | TransportFailure> {
    const network = await this.network();
    return 'kind' in network ? network : await network.open(request, signal);
  }

  dispose(): void {
    this.loaded?.dispose();
  }

  private async network(): Promise<Network | TransportFailure> {
    try {
      return await this.load();
    } catch (error) {
      return { kind: 'failure', code: isWindowOutdated(error) ? 'windowOutdated' : 'unreachable' };
    }
  }
}
