import type { TransportFailure } from '../oauth/httpClient';

/** Names and values in the order in which they are sent. A name may occur several times. */
export type HeaderList = readonly (readonly [name: string, value: string])[];

/** How the local proxy reaches an environment. Implemented in `network/`: proxies, certificates and trust apply here too. */
export interface Upstream {
  /**
   * Sends one request and resolves when the head of the response is there. Follows no redirect, buffers no body, never
   * throws. Aborting the signal ends the request or the response, whichever is in progress.
   */
  open(request: UpstreamRequest, signal: AbortSignal): Promise<UpstreamResponse | TransportFailure>;
}

export interface UpstreamRequest {
  readonly method: string;
  readonly url: string;
  /** Without those of a single connection (RFC 9110 section 7.6.1), and without `Host` and `Accept-Encoding`. */
  readonly headers: HeaderList;
  /** Read only as fast as it can be sent. */
  readonly body?: AsyncIterable<Uint8Array>;
}

export interface UpstreamResponse {
  readonly kind: 'response';
  readonly status: number;
  /** Without those of a single connection. If the body was decoded, without its `Content-Encoding` and `Content-Length`. */
  readonly headers: HeaderList;
  /** Decoded. Received only as fast as it is read; reading throws if the connection is cut. */
  readonly body: AsyncIterable<Uint8Array>;
}
