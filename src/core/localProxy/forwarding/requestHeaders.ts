import type { IncomingMessage } from 'node:http';
import type { HeaderList } from '../upstream';
import { hopByHopNames } from './hopByHop';

type Head = Pick<IncomingMessage, 'method' | 'rawHeaders'>;

/** Ours to decide (`Host`, `Authorization`, the encodings that we can decode), or nothing that Reltio may know. */
const kept: ReadonlySet<string> = new Set([
  'host',
  'authorization',
  'cookie',
  'expect', // we answered it ourselves
  'accept-encoding',
  'origin',
  'referer', // may contain the key
  'http2-settings',
]);

const overrides = /^x-(?:http-method|http-method-override|method-override)$/;

/** What an environment gets of the headers of a client, in their order, with the token. */
export function headersToSend({ rawHeaders }: Head, token: string): HeaderList {
  const headers = headersOf(rawHeaders);
  const hopByHop = hopByHopNames(headers);
  const passed = headers.filter(([name]) => {
    const word = name.toLowerCase();
    return !kept.has(word) && !hopByHop.has(word) && !word.startsWith('sec-');
  });
  return [...passed, ['Authorization', `Bearer ${token}`]];
}

/**
 * Whether a request may change something. Some servers take the real method from a header; and those that hand headers to
 * programs as variables cannot tell `_` from `-`.
 */
export function isChange({ method, rawHeaders }: Head): boolean {
  return (
    (method !== 'GET' && method !== 'HEAD') ||
    headersOf(rawHeaders).some(([name]) => overrides.test(name.toLowerCase().replaceAll('_', '-')))
  );
}

/** Whether a body follows, be it empty. */
export function hasBody({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

function headersOf(rawHeaders: readonly string[]): HeaderList {
  return rawHeaders.flatMap((name, index) => (index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? ''] as const] : []));
}
