import { hopByHopNames } from '../../localProxy/forwarding/hopByHop';
import type { HeaderList, UpstreamRequest, UpstreamResponse } from '../../localProxy/upstream';
import { decodedBody, isDecodable } from './decodedBody';
import { valueOf } from './sentHeaders';

/** Statuses without a body (RFC 9110 section 15). */
const withoutBody = [204, 205, 304];

/** A response as a client received it. */
export interface Received {
  readonly status: number;
  readonly headers: HeaderList;
  readonly body: AsyncIterable<Uint8Array>;
}

/** @param decodes whether the client has decoded the body already, if it is of an encoding that can be decoded */
export function upstreamResponse(
  { method }: UpstreamRequest,
  { status, headers, body }: Received,
  decodes: 'client' | 'here',
): UpstreamResponse {
  const encoding = valueOf(headers, 'content-encoding') ?? '';
  const hasBody = method !== 'HEAD' && !withoutBody.includes(status);
  const isDecoded = hasBody && isDecodable(encoding);
  const dropped = new Set([...hopByHopNames(headers), ...(isDecoded ? ['content-encoding', 'content-length'] : [])]);
  return {
    kind: 'response',
    status,
    headers: headers.filter(([name]) => !dropped.has(name.toLowerCase())),
    body: !hasBody ? noBody() : isDecoded && decodes === 'here' ? decodedBody(body, encoding) : body,
  };
}

/** undici reports a length without the bytes as a broken body, also where the length is that of another response. */
async function* noBody(): AsyncGenerator<Uint8Array> {
  // nothing to yield
}
