import type { HttpClient, HttpRequest, HttpResponse, TransportFailure } from '../oauth/httpClient';

/** Where it is remembered which server answered, over restarts. Holds no secret. */
export interface ServerMemory {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

export const runningServersKey = 'runningServers';
/** Addresses that are remembered, the latest sign-ins. */
const mostServers = 20;
/** Characters of a header that are remembered. */
const longestHeader = 100;

/**
 * Sends a request over plain `http` to this machine, if the server there looks like the one of the last sign-in. No
 * certificate says who listens: when a development server ends, any program may take its port, and would be sent the refresh
 * token and the client secret. So a request without any secret goes ahead of each. It tells an accident, such as another
 * project's server; a program that imitates the first one's answer is not noticed.
 *
 * A sign-in, which the person makes by hand, binds to whatever answers then.
 */
export async function sendToRunningServer(
  http: HttpClient,
  memory: ServerMemory,
  request: HttpRequest,
  signal: AbortSignal,
): Promise<HttpResponse | TransportFailure> {
  const { origin } = new URL(request.url);
  const headers = { accept: 'application/json' };
  const first = await http.send({ method: 'GET', url: `${origin}/oauth/checkToken`, headers }, signal);
  if (first.kind === 'failure') {
    return first;
  }
  const found = looksLike(first);
  const known = knownServers(memory).get(origin);
  const isBound = known !== undefined && request.signsIn !== true;
  if (isBound && found === undefined) {
    return first; // an outage, or another server that has one: the request would meet it too
  }
  if (isBound && found !== known) {
    return { kind: 'failure', code: 'otherServer' };
  }
  const answer = await http.send(request, signal);
  if (!isBound && found !== undefined && found !== known && answer.kind === 'response' && answer.status === 200) {
    const servers = knownServers(memory);
    servers.delete(origin);
    servers.set(origin, found);
    // Not waited for: in a window that closes VS Code keeps nothing any more, and the answer may hold a new refresh token.
    memory
      .update(runningServersKey, Object.fromEntries([...servers].slice(-mostServers)))
      .then(undefined, () => undefined);
  }
  return answer;
}

/** Undefined where an error of the moment hides what usually answers. */
function looksLike({ status, headers }: HttpResponse): string | undefined {
  if (status >= 500 || status === 429) {
    return undefined;
  }
  const [type] = (headers['content-type'] ?? '').split(';');
  const [scheme] = (headers['www-authenticate'] ?? '').split(' ');
  return [String(status), headers['server'], headers['x-powered-by'], type, scheme]
    .map((part = '') => part.slice(0, longestHeader))
    .join('|');
}

function knownServers(memory: ServerMemory): Map<string, string> {
  const stored = memory.get(runningServersKey);
  const entries =
    typeof stored === 'object' && stored !== null ? Object.entries(stored as Record<string, unknown>) : [];
  return new Map(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}
