import type { ClientRequest, IncomingMessage, OutgoingHttpHeaders, RequestOptions } from 'node:http';
import { pipeline } from 'node:stream';
import type { HeaderList, UpstreamRequest } from '../../localProxy/upstream';
import { CutResponse } from './cutResponse';
import { hasBody, type Received } from './received';

/** The system asks a silent server this often, in milliseconds, whether the connection is still there. */
const probeInterval = 60_000;

/** `request` of one of Node's modules. */
export type SendingModule = (url: URL, options: RequestOptions) => ClientRequest;

/**
 * Sends one request through a module like Node's `http`. Nothing times out, because the server may think for as long as the caller
 * is willing to wait.
 *
 * @throws the error that prevented the response
 */
export async function sentByModule(
  request: SendingModule,
  { method, url, body }: UpstreamRequest,
  headers: HeaderList,
  options: RequestOptions,
): Promise<Received> {
  const named = byName(headers, body !== undefined);
  const outgoing = request(new URL(url), { ...options, method, headers: named, auth: null });
  return await new Promise((resolve, reject) => {
    outgoing
      .on('response', (response) => {
        const status = response.statusCode ?? 0;
        if (!hasBody(method, status)) response.resume(); // nobody will read it, and the connection is free only then
        resolve({ status, headers: pairs(response.rawHeaders), body: readable(response) });
      })
      .on('error', reject)
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
