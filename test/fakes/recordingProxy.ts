import { systemClock, type Clock } from '../../src/core/base/clock';
import { isAccessKey, newAccessKey } from '../../src/core/localProxy/accessKey';
import type { AdmittedRequest } from '../../src/core/localProxy/admission';
import {
  openProxyServer,
  type Forward,
  type ProxyLimits,
  type ProxyServer,
  type ProxyServerParts,
} from '../../src/core/localProxy/proxyServer';
import { RecordingLog } from './recordingLog';

export interface RecordingProxy extends ProxyServer {
  readonly key: string;
  /** Every request that was let in. */
  readonly admitted: AdmittedRequest[];
  readonly log: RecordingLog;
  /** `http://127.0.0.1:<port>` */
  readonly origin: string;
  /** A valid request for `/<key>/dev<path>`, as bytes. */
  request(path: string, options?: RawRequest): string;
}

export interface RawRequest {
  readonly method?: string;
  readonly version?: string;
  /** Besides `Host`. */
  readonly headers?: readonly string[];
  readonly body?: string;
}

/** A proxy server whose forwarder only notes what it gets, and answers 200 with the body it received. */
export async function openRecordingProxy(
  forward: Forward = echo,
  clock: Clock = systemClock,
  { wantedPort = 0, limits }: { readonly wantedPort?: number; readonly limits?: ProxyLimits } = {},
): Promise<RecordingProxy> {
  const key = newAccessKey();
  const admitted: AdmittedRequest[] = [];
  const log = new RecordingLog();
  const parts: ProxyServerParts = {
    forward: async (request, ...rest) => {
      admitted.push(request);
      await forward(request, ...rest);
    },
    isKey: (candidate) => isAccessKey(candidate, key),
    clock,
    log,
  };
  const server = await openProxyServer(wantedPort, parts, limits);
  const { port } = server;
  return {
    port,
    key,
    admitted,
    log,
    origin: `http://127.0.0.1:${port}`,
    endConnections: () => {
      server.endConnections();
    },
    close: (grace) => server.close(grace),
    request: (path, { method = 'GET', version = '1.1', headers = [], body = '' } = {}) =>
      [`${method} /${key}/dev${path} HTTP/${version}`, `Host: 127.0.0.1:${port}`, ...headers, '', body].join('\r\n'),
  };
}

/** Answers with what it received, once all of it is there. */
const echo: Forward = async (_admitted, request, response) => {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request) chunks.push(chunk as Buffer);
  } catch {
    return; // the client left
  }
  response.end(Buffer.concat(chunks));
};
