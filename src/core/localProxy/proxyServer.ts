import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../base/clock';
import type { Log } from '../base/log';
import type { AdmittedRequest } from './admission';
import type { Refusal } from './refusal';

/** Answers the request itself, and logs that. Does nothing if an answer has begun already. */
export type Refuse = (refusal: Refusal) => void;

/**
 * Answers an admitted request. Resolves when nothing more happens to it. If the client leaves, or the proxy stops and its
 * grace is over, the response emits `close`. Must not write to a response whose `headersSent` is true already.
 */
export type Forward = (
  admitted: AdmittedRequest,
  request: IncomingMessage,
  response: ServerResponse,
  refuse: Refuse,
) => Promise<void>;

export interface ProxyServerParts {
  readonly forward: Forward;
  /** Compares in constant time with the key that is valid now. */
  readonly isKey: (candidate: string) => boolean;
  readonly clock: Clock;
  readonly log: Log;
}

/** A server that listens on 127.0.0.1. */
export interface ProxyServer {
  readonly port: number;
  /** Cuts every connection: the key that it was admitted with is no longer valid. */
  endConnections(): void;
  /**
   * Stops listening at once. Requests in progress may finish within the grace (milliseconds); those that have no answer by
   * then get one that says that the proxy stops, and the rest are cut.
   */
  close(grace: number): Promise<void>;
}

/**
 * @param port 0 for any free one
 * @throws {Failure} `localProxyPortTaken`
 */
export async function openProxyServer(_port: number, _parts: ProxyServerParts): Promise<ProxyServer> {
  return await Promise.reject(new Error('not built yet'));
}
