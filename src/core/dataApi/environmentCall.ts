import { parseJsonObject } from '../base/json';
import { failedTransport, Failure, type FailureCode } from '../base/failure';
import { blamedBy, rejectsToken } from '../oauth/errorFields';
import { classifyRefusal } from '../oauth/errorResponse';
import type { HttpResponse } from '../oauth/httpClient';
import { retryAfterMs } from '../oauth/retryAfter';
import { timedRequest, type RequestTools } from '../oauth/timedRequest';

/** The time limit of one call (milliseconds). */
const timeLimit = 10_000;

/**
 * One GET to an environment. Nothing is repeated: calls of the API count against the customer's contract.
 *
 * @param url origin of the environment
 * @param accessToken undefined for a call that needs none
 * @throws {Failure} if the answer is not one that an environment gives, or there is none
 */
export async function callEnvironment(
  tools: RequestTools,
  url: string,
  path: string,
  accessToken: string | undefined,
  signal: AbortSignal | undefined,
): Promise<HttpResponse> {
  const { host } = new URL(url);
  const authorization = accessToken === undefined ? {} : { authorization: `Bearer ${accessToken}` };
  const request = {
    method: 'GET',
    url: `${url}${path}`,
    headers: { accept: 'application/json', ...authorization },
  } as const;
  const answer = await timedRequest(tools, request, timeLimit, signal);
  if (answer.kind === 'failure') {
    throw answer.code === 'tooLarge' ? new Failure('notAnEnvironment', { host }) : failedTransport(host, answer);
  }
  const { status, headers } = answer;
  if (status >= 200 && status < 300) {
    if (isPage(answer)) {
      throw new Failure('notAnEnvironment', { host, status });
    }
    return answer;
  }
  const wait = retryAfterMs(headers);
  throw new Failure(classify(status, answer, accessToken !== undefined), {
    host,
    status,
    ...(wait === undefined ? {} : { retryAfterMs: wait, retryAt: tools.clock.now() + wait }),
  });
}

/** Whether it is a page for users: of a guest network, or of another server. */
function isPage({ headers, body }: HttpResponse): boolean {
  return /^text\/html\b/i.test(headers['content-type'] ?? '') || /^\uFEFF?\s*<(!doctype html|html)\b/i.test(body);
}

/**
 * A refusal is about the bearer token or the request: no client was sent, and the user entered nothing. Any other refusal
 * means the same as one from the identity server.
 */
function classify(status: number, { headers, body }: HttpResponse, sentToken: boolean): FailureCode {
  if (status === 400 || status === 401) {
    const json = parseJsonObject(body);
    if (json !== undefined && blamedBy(json) === 'server') {
      return 'serverError';
    }
    const isAboutTheToken = json === undefined ? asksForBearer(headers) : status === 401 || rejectsToken(json);
    if (isAboutTheToken && sentToken) {
      return 'tokenNotAccepted';
    }
    return json === undefined || isAboutTheToken ? 'notAnEnvironment' : 'requestRefused';
  }
  const code = classifyRefusal('refreshToken', status, body, headers);
  return code === 'noTokenEndpoint' || code === 'notReltio' ? 'notAnEnvironment' : code;
}

/** RFC 6750 section 3. The page of a guest network does not ask for a token. */
function asksForBearer(headers: HttpResponse['headers']): boolean {
  return /^\s*bearer\b/i.test(headers['www-authenticate'] ?? '');
}
