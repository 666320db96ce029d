import type { HeaderList, UpstreamRequest } from '../../localProxy/upstream';

/** Either depends on the connection, or is decided here. */
const notSent = new Set([
  'host',
  'accept-encoding',
  'connection',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
  'expect',
]);

/**
 * The headers that go to the server. The name of undici would tell nothing about who calls, so ours is sent if the client
 * sent none.
 */
export function sentHeaders(request: UpstreamRequest, userAgent: string): HeaderList {
  const { headers, body } = request;
  const kept = headers.filter(([name]) => {
    const lower = name.toLowerCase();
    // both clients send the length of an absent body by themselves, and refuse any other
    return !notSent.has(lower) && (body !== undefined || lower !== 'content-length');
  });
  return [
    ...kept,
    ...(valueOf(kept, 'user-agent') === undefined ? [['user-agent', userAgent] as const] : []),
    ['accept-encoding', encodingsFor(request)],
  ];
}

/**
 * A range and the length in the response to `HEAD` are those of the encoded bytes, so they would not fit what the client
 * gets. Events are short, and a gateway that compresses them may hold them back.
 */
function encodingsFor({ method, headers }: UpstreamRequest): string {
  const wantsEvents = /\btext\/event-stream\b/i.test(valueOf(headers, 'accept') ?? '');
  return method === 'HEAD' || wantsEvents || valueOf(headers, 'range') !== undefined ? 'identity' : 'gzip, br';
}

export function valueOf(headers: HeaderList, wanted: string): string | undefined {
  const values = headers.filter(([name]) => name.toLowerCase() === wanted).map(([, value]) => value);
  return values.length === 0 ? undefined : values.join(', ');
}
