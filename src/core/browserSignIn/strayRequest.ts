import type { IncomingMessage } from 'node:http';

interface StrayAnswer {
  readonly status: number;
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * The answer to a request that cannot be the browser's return to this address; undefined if it can be. The `Host` must be
 * exact: with another one, a web page has made its own name point to this machine (DNS rebinding). The path is compared as
 * it was sent, so that nothing depends on how it would be normalised.
 */
export function strayAnswer(
  { headersDistinct, method, url = '' }: Pick<IncomingMessage, 'headersDistinct' | 'method' | 'url'>,
  address: URL,
): StrayAnswer | undefined {
  const hosts = headersDistinct['host'] ?? [];
  if (hosts.length !== 1 || hosts[0] !== address.host || !url.startsWith('/')) {
    return plainAnswer(400, 'Bad request');
  }
  if (url.split('?', 1)[0] !== address.pathname) {
    return plainAnswer(404, 'Not found');
  }
  if (method !== 'GET') {
    return plainAnswer(405, 'Method not allowed', { Allow: 'GET' });
  }
  return isAhead(headersDistinct) ? plainAnswer(503, 'Not before it is needed') : undefined;
}

/** Whether the browser only loads ahead what it may need: the visit itself follows, and must find the listener. */
function isAhead(headers: IncomingMessage['headersDistinct']): boolean {
  return ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'].some((name) =>
    (headers[name] ?? []).some((value) => /\bpre(fetch|render|view)\b/i.test(value)),
  );
}

function plainAnswer(status: number, text: string, headers: Readonly<Record<string, string>> = {}): StrayAnswer {
  return {
    status,
    text,
    headers: {
      'Content-Type': 'text/plain; charset=utf-8',
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
      ...headers,
    },
  };
}
