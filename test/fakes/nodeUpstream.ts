import { Agent, request as send } from 'node:http';
import { pipeline, Readable } from 'node:stream';
import type { Upstream, UpstreamRequest, UpstreamResponse } from '../../src/core/localProxy/upstream';
import type { TransportFailure } from '../../src/core/oauth/httpClient';

/** The plainest `Upstream` that streams: `node:http`, to a server of the test. */
export class NodeUpstream implements Upstream {
  /** Requests that have begun and neither ended nor were aborted. */
  inFlight = 0;
  private readonly agent = new Agent({ keepAlive: true });

  open(wanted: UpstreamRequest, signal: AbortSignal): Promise<UpstreamResponse | TransportFailure> {
    return new Promise((resolve) => {
      const { method, url, headers, body } = wanted;
      this.inFlight += 1;
      const outgoing = send(url, {
        method,
        headers: ['Host', new URL(url).host, ...headers.flat()],
        agent: this.agent,
      } as never);
      const abort = (): void => {
        outgoing.destroy();
      };
      // Node's own `signal` also destroys a connection that the next request uses already
      signal.addEventListener('abort', abort);
      outgoing.once('close', () => {
        this.inFlight -= 1;
        signal.removeEventListener('abort', abort);
      });
      if (signal.aborted) abort();
      outgoing.on('error', (error: NodeJS.ErrnoException) => {
        resolve(
          signal.aborted
            ? { kind: 'failure', code: 'cancelled' }
            : { kind: 'failure', code: 'unreachable', nodeCode: error.code ?? '' },
        );
      });
      outgoing.once('response', (incoming) => {
        incoming.on('error', () => undefined); // also told to whoever reads
        const { rawHeaders, statusCode = 0 } = incoming;
        resolve({
          kind: 'response',
          status: statusCode,
          headers: rawHeaders.flatMap((name, index) =>
            index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? ''] as const] : [],
          ),
          body: incoming as AsyncIterable<Uint8Array>,
        });
      });
      if (body === undefined) outgoing.end();
      else pipeline(Readable.from(body, { objectMode: false }), outgoing, () => undefined);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}
