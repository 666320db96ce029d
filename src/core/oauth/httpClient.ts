import type { FailureCodeOf } from '../base/failureTable';

/** How the core sends HTTP requests. Implemented in `network/`. Every outcome is a value. */
export interface HttpClient {
  /** Follows no redirect, reads at most 1 MB, never throws. Ends early when `signal` aborts. */
  send(request: HttpRequest, signal: AbortSignal): Promise<HttpResponse | TransportFailure>;
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /**
   * The URL itself holds a secret. VS Code's proxy resolver writes URLs to its log and passes them to PAC scripts, so this
   * request is sent by our own client or not at all.
   */
  readonly secretInUrl?: true;
  /** The request contains a password that the user has just chosen to send to this server. */
  readonly signsIn?: true;
  /** The request may go to any server. Its answer says nothing about which server will get the next one. */
  readonly holdsNoSecret?: true;
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
  readonly code: FailureCodeOf<'offline' | 'setup'> | 'cancelled' | 'tooLarge';
  /** Node's own error code, such as `ENOTFOUND`. */
  readonly nodeCode?: string;
  /** The status with which a proxy refused, such as 407. */
  readonly status?: number;
}
