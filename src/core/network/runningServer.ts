import type { HttpClient, HttpRequest, HttpResponse, TransportFailure } from '../oauth/httpClient';

/** Remembers across restarts which server answered. Holds no secret. */
export interface ServerMemory {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

export const runningServersKey = 'runningServers';
/** The most addresses that are remembered: those of the latest sign-ins. */
const maxServers = 20;
/** The most characters of a header that are remembered. */
const maxHeaderLength = 100;

/**
 * Sends a request over plain `http` to this machine, if the server there looks like the one that answered the last
 * sign-in. No certificate identifies it: when a development server stops, any program can listen on its port and would
 * receive the refresh token and the client secret. So a request without secrets is sent first. It detects an accident,
 * such as another project's server, but not a program that imitates the response of the first one.
 *
 * A sign-in is deliberate, so it accepts whatever server answers.
 */
export async function sendToRunningServer(
  http: HttpClient,
  memory: ServerMemory,
  request: HttpRequest,
  signal: AbortSignal,
): Promise<HttpResponse | TransportFailure> {
  if (request.holdsNoSecret === true) {
    return await http.send(request, signal);
  }
  const { origin } = new URL(request.url);
  const headers = { accept: 'application/json' };
  const first = await http.send({ method: 'GET', url: `${origin}/oauth/checkToken`, headers }, signal);
  if (first.kind === 'failure') {
    return first;
  }
  const found = fingerprint(first);
  const known = knownServers(memory).get(origin);
  const isBound = known !== undefined && request.signsIn !== true;
  if (isBound && found === undefined) {
    return first; // an outage of this server or another one: the request would fail too
  }
  if (isBound && found !== known) {
    return { kind: 'failure', code: 'otherServer' };
  }
  const answer = await http.send(request, signal);
  if (!isBound && found !== undefined && found !== known && answer.kind === 'response' && answer.status === 200) {
    const servers = knownServers(memory);
    servers.delete(origin);
    servers.set(origin, found);
    // Not awaited: a closing window can no longer store it, and the answer may hold a new refresh token.
    memory
      .update(runningServersKey, Object.fromEntries([...servers].slice(-maxServers)))
      .then(undefined, () => undefined);
  }
  return answer;
}

/** Undefined if a temporary error hides the server's usual answer. */
function fingerprint({ status, headers }: HttpResponse): string | undefined {
  if (status >= 500 || status === 429) {
    return undefined;
  }
  const [type] = (headers['content-type'] ?? '').split(';');
  const [scheme] = (headers['www-authenticate'] ?? '').split(' ');
  return [String(status), headers['server'], headers['x-powered-by'], type, scheme]
    .map((part = '') => part.slice(0, maxHeaderLength))
    .join('|');
}

function knownServers(memory: ServerMemory): Map<string, string> {
  const stored = memory.get(runningServersKey);
  const entries =
    typeof stored === 'object' && stored !== null ? Object.entries(stored as Record<string, unknown>) : [];
  return new Map(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}
