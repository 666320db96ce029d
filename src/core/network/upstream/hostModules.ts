import type { ClientRequest, IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import { pipeline } from 'node:stream';
// Without `node:`, because some versions of VS Code replace both under these names only, with modules that use their proxy
// settings (`src/vs/workbench/api/node/proxyResolver.ts`).
import * as hostHttp from 'http';
import * as hostHttps from 'https';
import type { HeaderList, UpstreamRequest } from '../../localProxy/upstream';
import { CutResponse } from './cutResponse';
import type { Received } from './received';

/** The system asks a silent server this often, in milliseconds, whether the connection is still there. */
const probeInterval = 60_000;

/**
 * Sends one request through the host's `http` or `https` module: they know VS Code's proxies and certificates too, but VS
 * Code opens a connection for each request. Nothing times out.
 *
 * @throws the error that prevented the response
 */
export async function sentByHostModules(
  { method, url, body }: UpstreamRequest,
  headers: HeaderList,
  signal: AbortSignal,
): Promise<Received> {
  const { request } = url.startsWith('https:') ? hostHttps : hostHttp;
  const verified = { rejectUnauthorized: true };
  const outgoing = request(new URL(url), { method, headers: byName(headers, body !== undefined), signal, ...verified });
  return await new Promise((resolve, reject) => {
    outgoing
      .on('response', (response) => {
        resolve({ status: response.statusCode ?? 0, headers: pairs(response.rawHeaders), body: readable(response) });
      })
      .on('error', reject)
      .on('close', () => {
        reject(new CutResponse()); // all that Node says of a server that switches protocols unasked (101)
      })
      .setSocketKeepAlive(true, probeInterval);
    send(outgoing, body);
  });
}

function send(outgoing: ClientRequest, body: AsyncIterable<Uint8Array> | undefined): void {
  if (body === undefined) {
    outgoing.end();
  } else {
    // a failure is an error of the request too, unless the server has answered already
    pipeline(body, outgoing, () => undefined);
  }
}

/** Without a length, Node sends the body of a GET without any frame, as if it were the next request. */
function byName(headers: HeaderList, hasBody: boolean): OutgoingHttpHeaders {
  const named = new Map<string, { name: string; values: string[] }>();
  for (const [name, value] of headers) {
    const known = named.get(name.toLowerCase());
    if (known === undefined) named.set(name.toLowerCase(), { name, values: [value] });
    else known.values.push(value);
  }
  const all = [...named.values()].map(({ name, values }) => [name, values.length === 1 ? values[0] : values] as const);
  const frame = hasBody && !named.has('content-length') ? { 'transfer-encoding': 'chunked' } : {};
  return { ...(Object.fromEntries(all) as OutgoingHttpHeaders), ...frame };
}

function pairs(raw: readonly string[]): HeaderList {
  return raw.flatMap((name, index) => (index % 2 === 0 ? [[name, raw[index + 1] ?? ''] as const] : []));
}

async function* readable(response: IncomingMessage): AsyncGenerator<Uint8Array> {
  try {
    yield* response as AsyncIterable<Uint8Array>;
  } catch {
    throw new CutResponse();
  }
}
