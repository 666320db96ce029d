/** How the core reaches the network. Implemented in `network/`; a value comes back whatever happens. */
export interface HttpClient {
  /** Follows no redirect, reads at most 1 MB, never throws. Ends early when `signal` aborts. */
  send(request: HttpRequest, signal: AbortSignal): Promise<HttpResponse | TransportFailure>;
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface HttpResponse {
  readonly kind: 'response';
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface TransportFailure {
  readonly kind: 'failure';
  readonly code:
    | 'caFile'
    | 'cancelled'
    | 'clientCertificate'
    | 'dns'
    | 'passphrase'
    | 'proxy'
    | 'proxySetting'
    | 'timeout'
    | 'tls'
    | 'tooLarge'
    | 'unreachable'
    | 'untrustedHost';
  /** Node's own error code, such as `ENOTFOUND`. */
  readonly nodeCode?: string;
  /** The status with which a proxy refused, such as 407. */
  readonly status?: number;
}
