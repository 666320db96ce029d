import { isWindowOutdated } from '../base/failure';
import { once } from '../base/once';
import type { HttpClient, HttpRequest, HttpResponse, TransportFailure } from '../oauth/httpClient';
import type { Network, NetworkParts } from './network';

/** The network of the extension, loaded by the first request: a window whose tokens are valid sends none. */
export class LateNetwork implements HttpClient {
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
    let network: Network;
    try {
      network = await this.load();
    } catch (error) {
      return { kind: 'failure', code: isWindowOutdated(error) ? 'windowOutdated' : 'unreachable' };
    }
    return await network.send(request, signal);
  }

  dispose(): void {
    this.loaded?.dispose();
  }
}
