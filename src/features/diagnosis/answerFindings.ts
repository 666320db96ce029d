import { classifyRefusal } from '../../core/oauth/errorResponse';
import { Failure, failedTransport } from '../../core/base/failure';
import type { HttpClient, HttpResponse } from '../../core/oauth/httpClient';
import { parseJsonObject } from '../../core/base/json';
import type { Clock } from '../../core/base/clock';
import { describe } from '../../editor/messages/messages';
import { note, ok, wrong, type Finding } from './finding';

/** A larger difference is reported as a problem (milliseconds). */
const tolerance = 60_000;

/** How the identity server answers a request without credentials, and how its clock differs from ours. */
export async function answerFindings(
  http: HttpClient,
  server: string,
  clock: Clock,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const { host } = new URL(server);
  const about = `Response of ${host}`;
  const startedAt = clock.now();
  const answer = await http.send(
    {
      method: 'POST',
      url: `${server}/oauth/token`,
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      body: '',
    },
    signal,
  );
  const endedAt = clock.now();
  if (answer.kind === 'failure') {
    const code = answer.code === 'cancelled' ? 'timeout' : answer.code;
    return [wrong(about, describe(failedTransport(host, { ...answer, code })))];
  }
  return [
    answersAsReltio(answer)
      ? ok(about, `It responds like a Reltio identity server (HTTP ${answer.status}, ${endedAt - startedAt} ms).`)
      : wrong(about, describe(refusal(host, answer))),
    ...clockFinding(host, answer.headers['date'], (startedAt + endedAt) / 2),
  ];
}

/** Reltio refuses a call without a client: with an error in JSON, or with a challenge if something removed the body. */
function answersAsReltio({ status, body, headers }: HttpResponse): boolean {
  const saysWhy = typeof parseJsonObject(body)?.['error'] === 'string';
  const challenges = classifyRefusal('password', status, body, headers) === 'clientRejected';
  return (status === 400 || status === 401) && (saysWhy || challenges);
}

function refusal(host: string, { status, body, headers }: HttpResponse): Failure {
  const isSuccess = status >= 200 && status < 300;
  return new Failure(isSuccess ? 'notReltio' : classifyRefusal('password', status, body, headers), { host, status });
}

function clockFinding(host: string, date: string | undefined, now: number): readonly Finding[] {
  const serverTime = date === undefined ? Number.NaN : Date.parse(date);
  const about = 'Clock';
  if (Number.isNaN(serverTime)) {
    return [note(about, `The response of ${host} has no date.`)];
  }
  const seconds = Math.round((now - serverTime) / 1000);
  const difference = `${Math.abs(seconds)} s ${seconds < 0 ? 'behind' : 'ahead of'} the clock of ${host}`;
  return [
    Math.abs(now - serverTime) <= tolerance
      ? ok(about, `The clock of this computer is within ${Math.max(Math.abs(seconds), 1)} s of the clock of ${host}.`)
      : wrong(
          about,
          `The clock of this computer is ${difference}, so VS Code may misjudge when certificates and tokens expire.`,
          'Set the clock of this computer.',
        ),
  ];
}
