import type { HeaderList } from '../upstream';

/** Those of a single connection (RFC 9110 section 7.6.1), with the older ones that servers still send. */
const always: readonly string[] = [
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authentication-info',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];

/** The names, in lower case, of the headers that end at this connection: also those that `Connection` names. */
export function hopByHopNames(headers: HeaderList): ReadonlySet<string> {
  const named = headers
    .filter(([name]) => name.toLowerCase() === 'connection')
    .flatMap(([, value]) => value.split(','))
    .map((name) => name.trim().toLowerCase());
  return new Set([...always, ...named]);
}
