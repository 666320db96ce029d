import * as l10n from '@vscode/l10n';
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
  const about = l10n.t('Response');
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
      ? ok(
          about,
          l10n.t('It responds like a Reltio identity server (HTTP {0}, {1} ms).', answer.status, endedAt - startedAt),
        )
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
  const about = l10n.t('Clock');
  if (Number.isNaN(serverTime)) {
    return [note(about, l10n.t('The response of {0} has no date.', host))];
  }
  const difference = now - serverTime;
  const seconds = Math.abs(Math.round(difference / 1000));
  if (Math.abs(difference) <= tolerance) {
    return [
      ok(about, l10n.t('The clock of this computer is within {0} s of the clock of {1}.', Math.max(seconds, 1), host)),
    ];
  }
  const says =
    difference < 0
      ? l10n.t(
          'The clock of this computer is {0} s behind the clock of {1}, so VS Code may misjudge when certificates and tokens expire.',
          seconds,
          host,
        )
      : l10n.t(
          'The clock of this computer is {0} s ahead of the clock of {1}, so VS Code may misjudge when certificates and tokens expire.',
          seconds,
          host,
        );
  return [wrong(about, says, l10n.t('Set the clock of this computer.'))];
}
