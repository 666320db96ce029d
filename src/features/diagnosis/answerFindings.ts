import { classifyRefusal } from '../../core/oauth/errorResponse';
import { Failure, failedTransport } from '../../core/base/failure';
import type { HttpClient, HttpResponse } from '../../core/oauth/httpClient';
import { parseJsonObject } from '../../core/base/json';
import type { Clock } from '../../core/base/clock';
import { describe } from '../../editor/messages/messages';
import { note, ok, wrong, type Finding } from './finding';

/** More than this and a person should set the clock (milliseconds). */
const tolerance = 60_000;

/** What the identity server says to a call that carries nothing, and what time it has. */
export async function answerFindings(
  http: HttpClient,
  server: string,
  clock: Clock,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const { host } = new URL(server);
  const about = `Answer of ${host}`;
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
      ? ok(about, `It answers as a Reltio identity server (HTTP ${answer.status}, ${endedAt - startedAt} ms).`)
      : wrong(about, describe(refusal(host, answer))),
    ...clockFinding(host, answer.headers['date'], (startedAt + endedAt) / 2),
  ];
}

/** A call without a client is refused, and says so in JSON, or in a challenge where something took the body away. */
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
  const theirs = date === undefined ? Number.NaN : Date.parse(date);
  const about = 'Clock';
  if (Number.isNaN(theirs)) {
    return [note(about, `${host} does not tell the time.`)];
  }
  const seconds = Math.round((now - theirs) / 1000);
  const difference = `${Math.abs(seconds)} s ${seconds < 0 ? 'behind' : 'ahead of'} the clock of ${host}`;
  return [
    Math.abs(now - theirs) <= tolerance
      ? ok(about, `This computer is at most ${Math.max(Math.abs(seconds), 1)} s away from the clock of ${host}.`)
      : wrong(
          about,
          `This computer is ${difference}: certificates and token lives are judged wrongly.`,
          'Set its clock.',
        ),
  ];
}
