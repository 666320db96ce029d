import { hopByHopNames } from '../../../core/localProxy/forwarding/hopByHop';
import type { HeaderList } from '../../../core/localProxy/upstream';

/** Decided by the connection, or here. */
const decided: ReadonlySet<string> = new Set([
  'host',
  'authorization',
  'accept-encoding', // the body is decoded before httpYac gets it
  'content-length',
  'expect',
  'http2-settings',
]);

/** The headers of a request file as they are sent, with the token. */
export function sentHeaders(headers: Readonly<Record<string, unknown>>, bodyLength: number, token: string): HeaderList {
  const written = Object.entries(headers).flatMap(([name, value]) =>
    [value].flat().flatMap((one) => (typeof one === 'string' ? [[name, one] as const] : [])),
  );
  const hopByHop = hopByHopNames(written);
  return [
    ...written.filter(([name]) => !decided.has(name.toLowerCase()) && !hopByHop.has(name.toLowerCase())),
    ...(bodyLength === 0 ? [] : [['content-length', String(bodyLength)] as const]),
    ['authorization', `Bearer ${token}`],
  ];
}
